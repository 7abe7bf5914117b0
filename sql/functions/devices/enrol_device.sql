-- Two functions, because the operator's command names site and gate by their codes, an administrator a gate of the own
-- site by its id.
create or replace function garita.enrol_device(
    p_site_code text, p_access_point_code text, p_name text, p_allows_entry boolean, p_allows_exit boolean)
returns table (device_id bigint, key_version integer)
language plpgsql volatile
as $$
declare
    v_point garita.access_points;
begin
    select p.* into v_point
    from garita.access_points p join garita.sites s on s.id = p.site_id
    where s.code = p_site_code and p.code = p_access_point_code;
    if v_point.id is null then
        raise exception using errcode = 'GA404', hint = 'AccessPoint',
            message = 'No AccessPoint matches the given query.',
            detail = 'Ningún registro de AccessPoint coincide con la consulta.';
    end if;
    return query
    insert into garita.devices as d (site_id, name, access_point_id, allows_entry, allows_exit)
    values (v_point.site_id, p_name, v_point.id, p_allows_entry, p_allows_exit)
    returning d.id, d.key_version;
end
$$;

comment on function garita.enrol_device(text, text, text, boolean, boolean) is
    'Makes a device for one gate and its directions. GA404 when site and gate are not found by their codes. For '
    'the command line, as the owner, and for api.enrol_device.';

create or replace function api.enrol_device(
    p_access_point_id bigint, p_name text, p_allows_entry boolean, p_allows_exit boolean)
returns table (device_id bigint, key_version integer)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
declare
    v_place record;
begin
    select s.code as site_code, p.code as point_code into v_place
    from garita.access_points p join garita.sites s on s.id = p.site_id
    where p.id = p_access_point_id and p.site_id = garita.current_site_id() and garita.current_role_name() = 'ADMIN';
    if not found then
        raise exception using errcode = 'GA400', hint = 'access_point',
            message = 'No such access point.',
            detail = 'No existe ese acceso.';
    elsif exists (select from garita.devices d where d.site_id = garita.current_site_id() and d.name = p_name) then
        raise exception using errcode = 'GA400', hint = 'name',
            message = 'Another device has this name.',
            detail = 'Otro dispositivo tiene este nombre.';
    end if;
    return query
    select d.device_id, d.key_version
    from garita.enrol_device(v_place.site_code, v_place.point_code, p_name, p_allows_entry, p_allows_exit) d;
end
$$;

comment on function api.enrol_device(bigint, text, boolean, boolean) is
    'Makes a device for one gate of the administrator''s site. GA400 for a gate of another site and for a name in use.';
grant execute on function api.enrol_device(bigint, text, boolean, boolean) to garita_admin;
