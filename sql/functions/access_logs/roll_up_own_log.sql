create or replace function api.roll_up_own_log() returns boolean
language sql volatile security definer
set search_path = garita, pg_temp
return garita.roll_up_log(garita.current_site_id(), 20000);

comment on function api.roll_up_own_log() is 'Adds up to 20,000 further log rows of the caller''s site to the rollups.';
grant execute on function api.roll_up_own_log() to garita_admin, garita_guard;
