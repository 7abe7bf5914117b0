-- Two functions, because the operator's command runs as the owner and may name a device of any site, an administrator only
-- one of the own site.
create or replace function garita.rotate_device(p_device_id bigint) returns integer
language plpgsql volatile
as $$
declare
    v_key_version integer;
begin
    update garita.devices d
    set key_version = d.key_version + 1, minimum_key_version = d.key_version, rotated_at = clock_timestamp()
    where d.id = p_device_id and d.is_active
    returning d.key_version into v_key_version;
    if v_key_version is null then
        raise exception using errcode = 'GA404', hint = 'Device',
            message = 'No Device matches the given query.',
            detail = 'Ningún registro de Device coincide con la consulta.';
    end if;
    return v_key_version;
end
$$;

comment on function garita.rotate_device(bigint) is
    'Begins the next key of a device and answers its version; the one before it is good for seven more days, any older '
    'one ends now. GA404 for a device that is revoked or was never enrolled.';

create or replace function api.rotate_device(p_device_id bigint) returns integer
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    perform garita.require_device(p_device_id);
    return garita.rotate_device(p_device_id);
end
$$;

comment on function api.rotate_device(bigint) is
    'Begins the next key of a device of the administrator''s site and answers its version. GA404 as garita.rotate_device.';
grant execute on function api.rotate_device(bigint) to garita_admin;
