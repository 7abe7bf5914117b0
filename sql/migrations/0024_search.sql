-- A search of visits reads an index instead of every visit. One text of all its fields, because one index does for all:
-- the line ends between them are in no word of a search. The gate's updates leave these fields alone, so they stay
-- heap-only.
create extension if not exists pg_trgm with schema garita;
create index visitors_search_idx on garita.visitors using gin ((garita.fold(
    first_name || chr(10) || last_name || chr(10) || document_id || chr(10) || phone || chr(10) || company || chr(10)
    || vehicle_plate)) garita.gin_trgm_ops);

-- Its successor has an end of time, for a better plan.
drop function if exists garita.log_people_of(bigint, bigint[], timestamptz);
