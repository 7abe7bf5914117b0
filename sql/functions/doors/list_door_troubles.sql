create or replace function api.list_door_troubles()
returns table (trouble text, door_id bigint, door text, detail text)
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select t.trouble, t.door_id, t.door, t.detail
    from garita.door_troubles(garita.current_site_id()) t
    where t.access_point_id = (select s.access_point_id from api.current_shift() s)
    order by t.door, t.trouble
$$;

comment on function api.list_door_troubles() is 'garita.door_troubles at the gate that the caller watches.';
grant execute on function api.list_door_troubles() to garita_admin, garita_guard;
