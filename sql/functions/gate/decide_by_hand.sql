-- What no code decides, as garita.decide leaves it: one log row, the visitor checked in or out, the same answer.
create or replace function garita.decide_by_hand(
    p_gate garita.gate, p_pass garita.gate_pass, p_direction text, p_reasons text[], p_warnings text[],
    p_attention jsonb, p_notes text, p_trace_id text, p_address text, p_now timestamptz)
returns garita.gate_verdict
language plpgsql volatile
as $$
declare
    v_is_granted boolean := p_reasons = '{}';
    v_log_id bigint;
    v_month timestamp := p_now at time zone 'UTC';
begin
    if v_is_granted and p_direction = 'ENTRY' then
        update garita.visitors v set status = 'CHECKED_IN', check_in_time = p_now, check_out_time = null
        where v.id = p_pass.visitor_id and v.status <> 'CHECKED_IN';
    elsif v_is_granted then
        update garita.visitors v set status = 'CHECKED_OUT', check_out_time = p_now
        where v.id = p_pass.visitor_id and v.status = 'CHECKED_IN';
    end if;

    if to_regclass('garita.access_logs_' || to_char(v_month, 'YYYYMM')) is null then
        perform garita.ensure_log_partition(v_month::date);
    end if;
    insert into garita.access_logs as l (
        "timestamp", created_at, site_id, resident_id, visitor_id, unit_id, person_name, person_document, unit_display,
        access_point_id, access_point_name, access_type, access_method, status, reasons, warnings, vehicle_plate,
        authorized_by, request_id, ip_address, notes)
    values (
        p_now, p_now, p_gate.site_id, case when p_pass.visitor_id is null then p_pass.resident_id end,
        p_pass.visitor_id, p_pass.unit_id, coalesce(nullif(p_pass.person_name, ''), 'Unknown'),
        coalesce(p_pass.person_document, ''), coalesce(p_pass.unit_display, ''), p_gate.point_id,
        coalesce(p_gate.point_name, ''), p_direction, 'MANUAL', case when v_is_granted then 'SUCCESS' else 'DENIED' end,
        p_reasons, p_warnings, coalesce(p_pass.vehicle_plate, ''), p_gate.user_id,
        left(coalesce(p_trace_id, ''), 128), left(coalesce(p_address, ''), 64), coalesce(p_notes, ''))
    returning l.id into v_log_id;

    return (
        v_is_granted, p_reasons, p_warnings, coalesce(p_attention, '[]'),
        case when p_pass.visitor_id is not null then 'visitor' when p_pass.resident_id is not null then 'resident' end,
        nullif(p_pass.person_name, ''), p_pass.unit_display, null, null, v_log_id, null, p_pass.visitor_id, true, null,
        false)::garita.gate_verdict;
end
$$;

comment on function garita.decide_by_hand(
    garita.gate, garita.gate_pass, text, text[], text[], jsonb, text, text, text, timestamptz) is
    'Logs what was decided without a code, checks the visitor in or out, and answers as a decision; no reason is yes.';
