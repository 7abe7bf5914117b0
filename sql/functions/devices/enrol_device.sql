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
        raise exception using errcode = 'GA404', message = 'No AccessPoint matches the given query.',
            hint = 'AccessPoint';
    end if;
    return query
    insert into garita.devices as d (site_id, name, access_point_id, allows_entry, allows_exit)
    values (v_point.site_id, p_name, v_point.id, p_allows_entry, p_allows_exit)
    returning d.id, d.key_version;
end
$$;

comment on function garita.enrol_device(text, text, text, boolean, boolean) is
    'Makes a device for one gate and its directions. GA404 when site and gate are not found by their codes. For the '
    'command line, as the owner.';
