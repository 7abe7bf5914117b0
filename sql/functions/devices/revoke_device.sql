create or replace function garita.revoke_device(p_device_id bigint) returns void
language plpgsql volatile
as $$
begin
    update garita.devices d
    set is_active = false, revoked_at = coalesce(d.revoked_at, clock_timestamp())
    where d.id = p_device_id;
    if not found then
        raise exception using errcode = 'GA404', message = 'No Device matches the given query.', hint = 'Device';
    end if;
end
$$;

comment on function garita.revoke_device(bigint) is
    'Switches a device off for good: its next request is refused. GA404 when there is none.';
