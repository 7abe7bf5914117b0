create or replace function api.show_emergency_notice() returns table (notice jsonb)
language sql stable security definer
set search_path = garita, pg_temp
rows 1
as $$
    select garita.emergency_notice(garita.current_site_id())
$$;

comment on function api.show_emergency_notice() is 'garita.emergency_notice of the caller''s site.';
grant execute on function api.show_emergency_notice() to garita_admin, garita_guard;
