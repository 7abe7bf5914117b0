-- What the start page and the search over everything look for, found by an index. No update of the gate touches these
-- columns, so its updates stay heap-only.

create index residents_search_idx on garita.residents using gin ((garita.fold(
    first_name || chr(10) || last_name || chr(10) || document_id || chr(10) || phone || chr(10) || email))
    garita.gin_trgm_ops);
create index temporary_codes_until_idx on garita.temporary_codes (site_id, valid_until);
create index visitors_plate_idx on garita.visitors (
    site_id, regexp_replace(garita.fold(vehicle_plate), '[^a-z0-9]', '', 'g')) where vehicle_plate <> '';

-- Its successor needs no letters to find a plate by.
drop function if exists api.search_everywhere(text[], text, text, text, bytea[]);
