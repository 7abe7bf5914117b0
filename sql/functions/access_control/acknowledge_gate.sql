create or replace function api.acknowledge_gate(p_access_point_id bigint) returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_site bigint := garita.current_site_id();
    v_now timestamptz := clock_timestamp();
begin
    if garita.current_role_name() is null or garita.current_role_name() not in ('ADMIN', 'GUARD') then
        raise exception using errcode = 'GA403', hint = 'role',
            message = 'You do not have permission to perform this action.',
            detail = 'No tiene permiso para realizar esta acción.';
    elsif p_access_point_id <> 0 and not exists (
        select from garita.access_points p where p.id = p_access_point_id and p.site_id = v_site)
    then
        raise exception using errcode = 'GA404', hint = 'AccessPoint',
            message = 'No AccessPoint matches the given query.',
            detail = 'Ningún registro de AccessPoint coincide con la consulta.';
    -- Otherwise a stolen account could allow itself guess after guess.
    elsif exists (
        select from garita.gate_throttles t
        where t.site_id = v_site and t.access_point_id = p_access_point_id
            and (t.short_off or garita.tokens_left(t, v_now) < 1)
            and garita.current_user_id() = any (t.guessed_by))
    then
        raise exception using errcode = 'GA403', hint = 'own_guesses',
            message = 'Some of the wrong codes are yours: somebody else must reactivate short codes.',
            detail = 'Algunos de los códigos erróneos son suyos: otra persona debe reactivar los códigos cortos.';
    end if;

    update garita.gate_throttles t
    set tokens = 10, refilled_at = v_now, day_failures = 0, short_off = false, guessed_by = '{}', exit_failures = 0,
        exit_failed_at = null, acknowledged_at = v_now
    where t.site_id = v_site and t.access_point_id = p_access_point_id
        and garita.current_user_id() <> all (t.guessed_by);
    perform garita.set_saved_id(p_access_point_id);
end
$$;

comment on function api.acknowledge_gate(bigint) is
    'Opens the buckets of a gate again after somebody looked at it: short codes work there from now on. Gate 0 stands '
    'for requests without a gate. GA403 for a resident, and (own_guesses) for the caller of wrong codes that closed '
    'it; GA404 for a gate of another site.';
grant execute on function api.acknowledge_gate(bigint) to garita_admin, garita_guard;
