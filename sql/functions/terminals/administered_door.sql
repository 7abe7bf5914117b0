create or replace function garita.administered_door(p_door_id bigint) returns garita.doors
language plpgsql stable
as $$
declare
    v_door garita.doors;
begin
    select d.* into v_door from garita.doors d
    where d.id = p_door_id and d.driver = 'zkteco' and d.site_id = garita.current_site_id()
        and garita.current_role_name() = 'ADMIN';
    if not found then
        raise exception using errcode = 'GA404', hint = 'Door',
            message = 'No Door matches the given query.',
            detail = 'Ningún registro de Door coincide con la consulta.';
    end if;
    return v_door;
end
$$;

comment on function garita.administered_door(bigint) is
    'A door with a terminal, of the administrator''s site. GA404 where there is none.';
