-- Two functions, because the operator's command runs as the owner and may name a device of any site, an administrator only
-- one of the own site.
create or replace function garita.revoke_device(p_device_id bigint) returns void
language plpgsql volatile
as $$
begin
    update garita.devices d
    set is_active = false, revoked_at = coalesce(d.revoked_at, clock_timestamp())
    where d.id = p_device_id;
    if not found then
        raise exception using errcode = 'GA404', hint = 'Device',
            message = 'No Device matches the given query.',
            detail = 'Ningún registro de Device coincide con la consulta.';
    end if;
end
$$;

comment on function garita.revoke_device(bigint) is
    'Switches a device off for good: its next request is refused. GA404 when there is none.';

create or replace function api.revoke_device(p_device_id bigint) returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    perform garita.require_device(p_device_id);
    perform garita.revoke_device(p_device_id);
end
$$;

comment on function api.revoke_device(bigint) is
    'Switches a device of the administrator''s site off for good. GA404 where there is none.';
grant execute on function api.revoke_device(bigint) to garita_admin;
