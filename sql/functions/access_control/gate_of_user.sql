-- A caller who may not ask at all gets an error and no log row.
create or replace function garita.gate_of_user(
    p_user_id bigint, p_token_version integer, p_session_id bigint, p_access_point_id bigint)
returns garita.gates
language plpgsql stable
as $$
declare
    -- It raises what is wrong. It accepts a resident, who may not open gates, and a superuser, who works in the site chosen.
    v_caller record := garita.authenticate(p_user_id, p_token_version, p_session_id);
begin
    if v_caller.role not in ('ADMIN', 'GUARD') then
        raise exception using errcode = 'GA403', hint = 'role',
            message = 'You do not have permission to perform this action.',
            detail = 'No tiene permiso para realizar esta acción.';
    end if;
    perform garita.require_enrolment(v_caller.must_enrol);
    return garita.gate_of_site(v_caller.site_id, p_access_point_id);
end
$$;

comment on function garita.gate_of_user(bigint, integer, bigint, bigint) is
    'The gate (garita.gate_of_site) at which a guard or an administrator asks. GA401 for a dead token, GA403 for a resident and '
    'for who must enrol a second factor first.';
