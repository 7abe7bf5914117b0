-- As the owner: no role reads the sealed secrets, not even to keep those that a change does not name.
create or replace function api.door_settings(p_door_id bigint)
returns table (driver text, secrets bytea, secrets_generation integer)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
begin
    return query
    select d.driver, d.secrets, d.secrets_generation
    from garita.doors d
    where d.id = p_door_id and d.site_id = garita.current_site_id()
    for no key update;
end
$$;

comment on function api.door_settings(bigint) is
    'Driver and sealed secrets of a door of the caller''s site, which stays locked until the transaction ends.';
grant execute on function api.door_settings(bigint) to garita_admin;
