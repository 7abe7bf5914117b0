create or replace function api.list_emergency_doors()
returns table (
    door_id bigint, name text, gate text, driver text, state text, answer text, trouble text, contact text,
    contact_since timestamptz, is_confirmed boolean, is_opening boolean)
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select d.door_id, d.name, d.gate, d.driver, d.state, d.answer, d.trouble, d.contact, d.contact_since, d.is_confirmed, d.is_opening
    from garita.emergency_doors(garita.current_site_id()) d
$$;

comment on function api.list_emergency_doors() is 'garita.emergency_doors of the caller''s site.';
grant execute on function api.list_emergency_doors() to garita_admin, garita_guard;
