-- One statement finds caller, site and gate. A caller who may not ask at all gets an error and no log row.
create or replace function garita.gate_of_user(
    p_user_id bigint, p_token_version integer, p_session_id bigint, p_access_point_id bigint, p_direction text,
    p_now timestamptz)
returns garita.gate
language plpgsql stable
as $$
declare
    v_gate garita.gate;
    v_caller record;
    v_first_site bigint;
begin
    loop
        select si.id, si.time_zone, si.grace_before_minutes * interval '1 minute',
            si.grace_after_minutes * interval '1 minute', si.has_blocklist, u.id, null::bigint, true, true,
            p.id, p.name, p.building_id, p.is_active, case p_direction when 'ENTRY' then p.is_entry else p.is_exit end,
            p.supports_qr, p.supports_rfid, p.supports_numeric
        into v_gate
        from garita.users u
        join garita.sessions s on s.id = p_session_id and s.user_id = u.id
        join garita.sites si on si.id = coalesce(u.site_id, v_first_site)
        left join garita.access_points p on p.id = p_access_point_id and p.site_id = si.id
        where u.id = p_user_id and u.is_active and u.token_version = p_token_version and u.role in ('ADMIN', 'GUARD')
            and s.revoked_at is null and s.expires_at > p_now and s.absolute_end > p_now and si.is_active
            and (u.role <> all (si.second_factor_roles) or garita.has_second_factor(u.id));
        exit when found;

        -- Rare, so it may cost another query: garita.authenticate raises what is wrong. It accepts a resident, who may not
        -- open gates, and a superuser, who has no site and works in the one chosen.
        v_caller := garita.authenticate(p_user_id, p_token_version, p_session_id);
        if v_caller.role not in ('ADMIN', 'GUARD') then
            raise exception using errcode = 'GA403', hint = 'role',
                message = 'You do not have permission to perform this action.',
                detail = 'No tiene permiso para realizar esta acción.';
        end if;
        perform garita.require_enrolment(v_caller.must_enrol);
        if v_first_site is not null then
            raise exception using errcode = 'GA401', hint = 'token_not_valid',
                message = 'Given token not valid for any token type',
                detail = 'El token no es válido';
        end if;
        v_first_site := v_caller.site_id;
    end loop;
    return v_gate;
end
$$;

comment on function garita.gate_of_user(bigint, integer, bigint, bigint, text, timestamptz) is
    'The gate as a guard or an administrator meets it. GA401 for a dead token, GA403 for a resident and '
    'for who must enrol a second factor first.';
