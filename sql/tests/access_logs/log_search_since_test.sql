-- Twin of log_search_since: a search of the log looks where names are kept, and in the newest 250,000 rows by whole days.
begin;
\ir ../community.psql

create function pg_temp.since(p_role text, p_until timestamptz default null) returns timestamptz language plpgsql as $$
begin
    perform set_config('garita.site_id', '9001', true), set_config('garita.role', p_role, true);
    return api.log_search_since(p_until);
end
$$;
-- The sums of ten days of so many rows each; of another community none.
create function pg_temp.days(p_rows bigint) returns void language sql as $$
    delete from garita.log_rollups where site_id = 9001;
    insert into garita.log_rollups (site_id, access_method, status, access_type, access_point_id, starts_at, ends_at, total)
    select 9001, '', '', '', -1, timestamptz '2026-05-01 06:00+00' + n * interval '1 day', timestamptz '2026-05-02 06:00+00' + n * interval '1 day',
        (n + 1) * p_rows
    from generate_series(0, 9) n
$$;
select is(pg_temp.since('ADMIN'), '-infinity', 'of a log that nothing is known of all');
select pg_temp.days(25000) \g /dev/null
select is(pg_temp.since('ADMIN'), '-infinity', 'of 250,000 rows all');
select pg_temp.days(50000) \g /dev/null
select is(pg_temp.since(r), '2026-05-06 06:00+00', 'of 500,000 the newer half, for ' || r) from unnest('{ADMIN,GUARD}'::text[]) r;
select is(pg_temp.since('ADMIN', '2026-05-08 12:00+00'), '2026-05-04 06:00+00', 'until a day: the 250,000 before the end of that day');
select is(pg_temp.since('ADMIN', '2026-05-04 12:00+00'), '-infinity', 'or all, when there are no more');
select is(pg_temp.since('RESIDENT'), '-infinity', 'a resident''s rows are few');
select pg_temp.days(300000) \g /dev/null
select is(pg_temp.since('ADMIN'), '2026-05-10 06:00+00', 'the last day whole, however many rows it has');
select is(pg_temp.since('ADMIN', '2026-05-03 12:00+00'), '2026-05-03 06:00+00', 'whichever is the last');
insert into garita.log_rollup_progress (site_id, names_from) values (9001, '2026-05-10 09:00+00');
select is(pg_temp.since(r), '2026-05-10 09:00+00', 'where names are erased there is nothing to look for, for ' || r)
from unnest('{ADMIN,GUARD,RESIDENT}'::text[]) r;

select * from finish();
rollback;
