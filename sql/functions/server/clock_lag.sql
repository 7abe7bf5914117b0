create or replace function api.clock_lag() returns bigint
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select coalesce(max(floor(extract(epoch from n."timestamp" - clock_timestamp()))), 0)::bigint
    from garita.sites s
    -- By site, because the index of the log begins with it.
    cross join lateral (
        select l."timestamp" from garita.access_logs l where l.site_id = s.id order by l."timestamp" desc limit 1) n
$$;

comment on function api.clock_lag() is
    'Seconds by which the clock is behind the newest entry of the access log; zero or less when it is not.';
grant execute on function api.clock_lag() to garita_gate, garita_auth, garita_app, garita_device;
