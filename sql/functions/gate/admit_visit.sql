-- Whom a guard finds by name passes by the own code, so uses, hours, block list and log hold as for a scan.
create or replace function api.admit_visit(
    p_visitor_id bigint, p_access_point_id bigint, p_direction text, p_request_id text, p_trace_id text, p_address text)
returns garita.gate_verdict
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_user bigint := garita.current_user_id();
    v_session bigint := nullif(current_setting('garita.session_id', true), '')::bigint;
    v_version integer;
    v_where bytea := int8send(p_access_point_id) || convert_to(p_direction, 'UTF8');
    v_tag bytea := substr(sha256(convert_to('visit ' || p_visitor_id, 'UTF8')), 1, 16);
    v_gate garita.gates;
    v_visit garita.visitors;
    v_code garita.credentials;
    v_hint text;
    v_pass garita.credentials;
    v_is_one_time boolean;
    v_is_blocked boolean;
    v_attention jsonb;
    v_answer garita.gate_verdict;
begin
    v_answer := garita.recall_admission('u:' || v_user, coalesce(p_request_id, ''), array[v_tag], v_where);
    if v_answer.replayed then
        return v_answer;
    end if;
    -- Two guards who admit one visit at once are judged one after the other, as in api.lacks_pass.
    perform pg_advisory_xact_lock(hashtextextended('admit ' || p_visitor_id, 0));
    select v.* into v_visit from garita.visitors v
    where v.id = p_visitor_id and v.site_id = garita.current_site_id();
    if v_visit.id is null then
        raise exception using errcode = 'GA404', hint = 'Visitor',
            message = 'No Visitor matches the given query.',
            detail = 'Ningún registro de Visitor coincide con la consulta.';
    end if;

    select u.token_version into v_version from garita.users u where u.id = v_user;
    v_code := garita.best_code(v_visit, p_access_point_id, p_direction, v_now);
    if v_code.code_id is not null then
        v_is_one_time := v_code.code_type = 'OTP';
        select t.code_hint into v_hint from garita.temporary_codes t where t.id = v_code.code_id;
        v_answer := garita.decide(
            v_user, v_version, v_session, null, null,
            case when v_is_one_time then '{}' else array[v_code.code_tag] end, v_hint,
            case when v_is_one_time then array[v_code.code_tag] else '{}' end,
            -- In the place of its digits, the guard who knows the visitor: the step counts as used.
            case when v_is_one_time then
                greatest(coalesce(v_code.last_step, 0) + 1, floor(extract(epoch from v_now) / 30)::bigint) end,
            null, p_access_point_id, p_direction, 'MANUAL', '', p_trace_id, p_address, v_now);
    else
        v_gate := garita.gate_of_user(v_user, v_version, v_session, p_access_point_id);
        v_pass.visitor_id := v_visit.id;
        v_pass.resident_id := v_visit.resident_id;
        v_pass.unit_id := v_visit.unit_id;
        v_pass.unit_display := garita.unit_display(v_visit.unit_id);
        v_pass.person_name := v_visit.first_name || ' ' || v_visit.last_name;
        v_pass.person_document := v_visit.document_id;
        v_pass.person_phone := v_visit.phone;
        v_pass.vehicle_plate := v_visit.vehicle_plate;
        select m.is_blocked, m.attention into v_is_blocked, v_attention
        from garita.match_blocklist(v_gate.site_id, v_pass, v_now) m;
        v_answer := garita.decide_by_hand(
            v_gate, v_pass, p_direction,
            array_remove(array[
                case when not v_gate.is_active then 'gate_inactive' end,
                case when p_direction <> all (v_gate.directions) then 'wrong_direction' end,
                case
                    when p_direction = 'EXIT' then null
                    when v_visit.status = 'DENIED' then 'visit_denied'
                    when v_visit.status = 'PENDING' then 'approval_pending'
                    when v_visit.status <> 'APPROVED' then 'no_uses_left'
                    when v_visit.expected_date > current_date then 'not_yet_valid'
                    else 'expired'
                end,
                case when v_is_blocked and p_direction = 'ENTRY' then 'blocklisted' end
            ], null),
            array_remove(array[
                case when p_direction = 'EXIT' and v_is_blocked then 'blocklisted' end
            ], null),
            v_attention, '', p_trace_id, p_address, v_now);
    end if;
    perform garita.keep_admission(
        'u:' || v_user, coalesce(p_request_id, ''), v_visit.site_id, v_tag || v_where, v_answer, v_now);
    return v_answer;
end
$$;

comment on function api.admit_visit(bigint, bigint, text, text, text, text) is
    'Decides on a visit by the best of its codes (garita.best_code), by hand; without a code it is refused, and let out. '
    'Answers as api.validate_code, and the same again to a repeated request id. GA404 for a visit of another site.';
grant execute on function api.admit_visit(bigint, bigint, text, text, text, text) to garita_admin, garita_guard;
