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
    v_site bigint;
begin
    loop
        select si.id, si.time_zone, si.grace_before_minutes * interval '1 minute',
            si.grace_after_minutes * interval '1 minute', si.has_blocklist, s.user_id, null::bigint, true, true,
            p.id, p.name, p.building_id, p.is_active, case p_direction when 'ENTRY' then p.is_entry else p.is_exit end,
            p.supports_qr, p.supports_rfid, p.supports_numeric
        into v_gate
        from garita.sessions s
        join garita.sites si on si.id = coalesce(v_site, s.site_id)
        left join garita.access_points p on p.id = p_access_point_id and p.site_id = si.id
        where s.id = p_session_id and s.user_id = p_user_id and (s.gate_version = p_token_version or v_site is not null)
            and s.revoked_at is null and s.expires_at > p_now and s.absolute_end > p_now;
        exit when found;

        -- Rare, so it may cost another query: garita.authenticate raises what is wrong. It accepts a resident, who may not
        -- open gates, and a superuser, who works in the site chosen.
        v_caller := garita.authenticate(p_user_id, p_token_version, p_session_id);
        if v_caller.role not in ('ADMIN', 'GUARD') then
            raise exception using errcode = 'GA403', hint = 'role',
                message = 'You do not have permission to perform this action.',
                detail = 'No tiene permiso para realizar esta acción.';
        end if;
        perform garita.require_enrolment(v_caller.must_enrol);
        if v_site is not null then
            raise exception using errcode = 'GA401', hint = 'token_not_valid',
                message = 'Given token not valid for any token type',
                detail = 'El token no es válido';
        end if;
        v_site := v_caller.site_id;
    end loop;
    return v_gate;
end
$$;

comment on function garita.gate_of_user(bigint, integer, bigint, bigint, text, timestamptz) is
    'The gate as a guard or an administrator meets it. GA401 for a dead token, GA403 for a resident and '
    'for who must enrol a second factor first.';
