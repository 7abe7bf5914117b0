create or replace function garita.require_device(p_device_id bigint) returns void
language plpgsql stable
as $$
begin
    if not exists (
        select from garita.devices d
        where d.id = p_device_id and d.site_id = garita.current_site_id() and garita.current_role_name() = 'ADMIN')
    then
        raise exception using errcode = 'GA404', hint = 'Device',
            message = 'No Device matches the given query.',
            detail = 'Ningún registro de Device coincide con la consulta.';
    end if;
end
$$;

comment on function garita.require_device(bigint) is
    'GA404 unless the caller is an administrator of the site whose device it is.';
