-- The decision at a gate: one call, one transaction. A refusal is a row, never an exception, or its own log line would
-- be rolled back with it. Only a caller who may not ask at all is answered with an error, and writes nothing.
create or replace function api.validate_code(
    p_user_id bigint, p_token_version integer, p_session_id bigint, p_code_tags bytea[], p_code_hint text,
    p_access_point_id bigint, p_direction text, p_request_id text, p_address text)
returns table (
    granted boolean, reasons text[], warnings text[], person_type text, person_name text, unit text, code_kind text,
    code_id bigint, log_id bigint, uses_left integer, visitor_id bigint, access_point_known boolean)
language plpgsql volatile security definer
set search_path = garita, pg_temp
-- The planner cannot know how many tags an array holds and would plan anew for every code, at ten times the cost.
set plan_cache_mode = force_generic_plan
rows 1
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_caller record;
    v_point garita.access_points;
    v_pass garita.gate_pass;
    v_notes text := '';
begin
    v_caller := garita.authenticate(p_user_id, p_token_version, p_session_id);
    if v_caller.role not in ('ADMIN', 'GUARD') then
        raise exception using errcode = 'GA403',
            message = 'You do not have permission to perform this action.', hint = 'role';
    elsif p_direction is null or p_direction not in ('ENTRY', 'EXIT') then
        raise exception using errcode = 'GA400', message = 'Not a direction.', hint = 'access_type';
    end if;

    warnings := array[]::text[];
    if p_access_point_id is not null then
        select p.* into v_point from garita.access_points p
        where p.site_id = v_caller.site_id and p.id = p_access_point_id;
    end if;
    access_point_known := p_access_point_id is null or v_point.id is not null;

    if access_point_known then
        v_pass := garita.find_pass(v_caller.site_id, p_code_tags, p_access_point_id);
        reasons := garita.gate_reasons(v_point, v_pass, p_direction);
        if p_direction = 'ENTRY' then
            reasons := reasons
                || garita.pass_reasons(v_pass, v_point, v_now, (v_now at time zone v_caller.time_zone)::date);
        else
            warnings := garita.pass_reasons(v_pass, v_point, v_now, (v_now at time zone v_caller.time_zone)::date);
        end if;
    else
        -- A gate that is not ours learns nothing about the code, which is not looked at.
        reasons := array['unknown_access_point'];
        v_notes := 'access point ' || p_access_point_id;
    end if;

    granted := cardinality(reasons) = 0;
    uses_left := v_pass.uses_left;
    if granted then
        uses_left := garita.admit(v_pass, p_direction, v_now);
    end if;
    log_id := garita.record_attempt(
        v_now, v_caller.site_id, v_point, v_pass, p_direction, granted, reasons, warnings, p_code_tags[1], p_code_hint,
        p_user_id, p_request_id, p_address, v_notes);

    person_type := case
        when v_pass.visitor_id is not null then 'visitor'
        when v_pass.resident_id is not null then 'resident'
    end;
    person_name := v_pass.person_name;
    unit := v_pass.unit_display;
    code_kind := v_pass.code_kind;
    code_id := coalesce(v_pass.temporary_code_id, v_pass.access_code_id);
    visitor_id := v_pass.visitor_id;
    return next;
end
$$;

comment on function api.validate_code(bigint, integer, bigint, bytea[], text, bigint, text, text, text) is
    'Judges a code at a gate, spends a use, logs, answers: one row with every reason in the order of the rules. '
    'Without an access point the lines about the gate are skipped. GA401 for a dead token, GA403 for a resident.';
grant execute on function api.validate_code(bigint, integer, bigint, bytea[], text, bigint, text, text, text)
    to garita_gate, garita_app;
