-- What no code decides, as garita.decide leaves it: one log row, the visitor checked in or out, the same answer.
create or replace function garita.decide_by_hand(
    p_gate garita.gates, p_pass garita.credentials, p_direction text, p_reasons text[], p_warnings text[],
    p_attention jsonb, p_notes text, p_trace_id text, p_address text, p_now timestamptz)
returns garita.gate_verdict
language plpgsql volatile
as $$
declare
    v_is_granted boolean := p_reasons = '{}';
    v_log_id bigint;
begin
    if v_is_granted and p_direction = 'ENTRY' then
        update garita.visitors v set status = 'CHECKED_IN', check_in_time = p_now, check_out_time = null
        where v.id = p_pass.visitor_id and v.status <> 'CHECKED_IN';
    elsif v_is_granted then
        update garita.visitors v set status = 'CHECKED_OUT', check_out_time = p_now
        where v.id = p_pass.visitor_id and v.status = 'CHECKED_IN';
    end if;

    v_log_id := garita.write_log(
        p_gate, p_pass, p_direction, 'MANUAL', null, '', p_reasons, p_warnings, garita.current_user_id(), null,
        p_trace_id, p_address, p_notes, p_now);
    if v_is_granted and p_gate.doors is not null then
        perform garita.open_doors(p_gate, p_direction, v_log_id, garita.current_user_id(), null, p_now);
    end if;

    return (
        v_is_granted, p_reasons, p_warnings, coalesce(p_attention, '[]'),
        case when p_pass.visitor_id is not null then 'visitor' when p_pass.resident_id is not null then 'resident' end,
        nullif(p_pass.person_name, ''), p_pass.unit_display, null, null, v_log_id, null, p_pass.visitor_id, true, null,
        false)::garita.gate_verdict;
end
$$;

comment on function garita.decide_by_hand(
    garita.gates, garita.credentials, text, text[], text[], jsonb, text, text, text, timestamptz) is
    'Logs what was decided without a code, checks the visitor in or out, and answers as a decision; no reason is yes.';
