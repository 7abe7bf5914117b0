create or replace function api.acknowledge_gate(p_access_point_id bigint) returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_site bigint := garita.current_site_id();
    v_now timestamptz := clock_timestamp();
begin
    if garita.current_role_name() is null or garita.current_role_name() not in ('ADMIN', 'GUARD') then
        raise exception using errcode = 'GA403',
            message = 'You do not have permission to perform this action.', hint = 'role';
    elsif p_access_point_id <> 0 and not exists (
        select from garita.access_points p where p.id = p_access_point_id and p.site_id = v_site)
    then
        raise exception using errcode = 'GA404', message = 'No AccessPoint matches the given query.',
            hint = 'AccessPoint';
    end if;

    update garita.gate_throttles t
    set tokens = 10, refilled_at = v_now, day_failures = 0, short_off = false, acknowledged_at = v_now
    where t.site_id = v_site and t.access_point_id = p_access_point_id;
    perform garita.remember(p_access_point_id);
end
$$;

comment on function api.acknowledge_gate(bigint) is
    'A guard has looked at a gate where many wrong codes were tried: short codes work there again. Gate 0 is that of '
    'requests which name none. GA403 for a resident, GA404 for a gate of another site.';
grant execute on function api.acknowledge_gate(bigint) to garita_admin, garita_guard;
