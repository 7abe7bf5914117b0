begin;
select plan(7);

create temporary table told as select * from api.system_facts();
select is((select schema_version from told), (select max(version) from garita.schema_migrations where version ~ '^[0-9]'),
    'the latest migration');
select cmp_ok((select abs(clock_ms - extract(epoch from clock_timestamp()) * 1000) from told)::numeric, '<', 60000::numeric,
    'the clock, in milliseconds');
select cmp_ok((select clock_behind from told), '<=', 0::bigint, 'and not behind the log');
select is((select log_months_ahead from told), (
    select count(*) - 1 from generate_series(0, 120) n
    where to_regclass('garita.access_logs_' || to_char(date_trunc('month', clock_timestamp() at time zone 'UTC')
        + make_interval(months => n), 'YYYYMM')) is not null), 'the months that have tables');
select garita.make_log_partitions(14);
select is((select log_months_ahead from api.system_facts()), 14::bigint, 'more than a year is counted in months, too');
set local role garita_status;
select isnt((select server from api.system_facts()), null, 'who tells how the system is may ask');
select is((select count(*) from api.last_jobs()), 3::bigint, 'and when the regular commands ran');

select * from finish();
rollback;
