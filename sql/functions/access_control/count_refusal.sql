-- A wrong guess takes a token; what is refused unread is counted for its caller alone.
create or replace function garita.count_refusal(
    p_gate garita.gates, p_judgement garita.judgement, p_user_id bigint, p_device_id bigint, p_now timestamptz)
returns text
language plpgsql volatile
as $$
declare
    v_guess garita.guess := p_judgement.guess;
    v_today date := (p_now at time zone p_gate.time_zone)::date;
begin
    if v_guess.looks_typed or v_guess.looks_read then
        perform garita.charge_guess(p_gate, v_guess, p_judgement.pass, p_user_id, p_device_id, p_now, v_today);
    elsif p_judgement.retry_after is not null then
        perform garita.count_guess(
            p_gate.site_id, p_user_id, p_device_id, false, v_guess.is_read and not v_guess.is_typed, p_now, v_today);
        return garita.count_throttled(
            p_gate.site_id, p_gate.point_id, case when v_guess.is_typed then 'typed' else 'read' end, p_now, v_today);
    end if;
    return p_judgement.notes;
end
$$;

comment on function garita.count_refusal(garita.gates, garita.judgement, bigint, bigint, timestamptz) is
    'Counts a refusal of a text that can be guessed; returns the note for the log, null where it is not logged.';
