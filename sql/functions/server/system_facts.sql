create or replace function api.system_facts()
returns table (schema_version text, clock_ms bigint, clock_behind bigint, log_months_ahead bigint, server text, started_at bigint)
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select api.ready(), (extract(epoch from clock_timestamp()) * 1000)::bigint, api.clock_lag(),
        (extract(year from m.months) * 12 + extract(month from m.months))::bigint - 1,
        split_part(current_setting('server_version'), ' ', 1), extract(epoch from pg_postmaster_start_time())::bigint
    from age(garita.log_until() at time zone 'UTC', date_trunc('month', clock_timestamp() at time zone 'UTC')) as m (months)
$$;

comment on function api.system_facts() is
    'What the system is asked whether it can serve: latest migration, clock in milliseconds since 1970, seconds that it is '
    'behind the log, months behind the present one for which the log has tables (-1: not even this one), version and start.';
grant execute on function api.system_facts() to garita_status, garita_admin, garita_migrate;
