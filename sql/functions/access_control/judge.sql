-- What garita.opens does not say yes to at once: every reason, in the order of the rules.
create or replace function garita.judge(
    p_gate garita.gates, p_is_own_point boolean, p_is_own_direction boolean, p_user_id bigint, p_device_id bigint,
    p_code_tags bytea[], p_otp_tags bytea[], p_otp_step bigint, p_shape text, p_access_point_id bigint, p_direction text,
    p_method text, p_now timestamptz)
returns garita.judgement
language plpgsql volatile
as $$
declare
    v_judgement garita.judgement;
    v_pass garita.credentials;
    v_guess garita.guess;
    v_is_blocked boolean;
    v_faults text[];
begin
    v_judgement.notes := '';
    v_judgement.warnings := '{}';
    v_judgement.attention := '[]';
    -- At a gate that is not the caller's the code is not looked up, to reveal nothing of it.
    if p_access_point_id <> p_gate.point_id or p_access_point_id = 0 then
        v_judgement.reasons := array['unknown_access_point'];
        v_judgement.notes := 'access point ' || p_access_point_id;
        return v_judgement;
    elsif not (p_is_own_point and p_is_own_direction) then
        v_judgement.reasons := array_remove(array[
            case when not p_is_own_direction then 'wrong_direction' end,
            case when not p_is_own_point then 'wrong_gate' end
        ], null);
        return v_judgement;
    end if;

    -- A shape means under 64 bits: it can be guessed. Everything else is looked up whatever was tried before.
    if p_shape is not null then
        v_guess := garita.weigh_guess(
            p_gate, coalesce('d:' || p_device_id, 'u:' || p_user_id), p_shape, cardinality(p_otp_tags) > 0,
            p_direction = 'ENTRY', p_now);
    end if;
    v_pass := garita.find_pass(
        p_gate.site_id, p_code_tags, case when p_otp_step is null then '{}'::bytea[] else p_otp_tags end, v_guess);
    if v_pass.code_type = 'OTP' then
        -- The digits of a step count once.
        if p_otp_step <= v_pass.last_step then
            v_pass := null;
        else
            v_judgement.step := p_otp_step;
        end if;
    end if;
    v_judgement.guess := v_guess;
    v_judgement.pass := v_pass;
    if v_pass.code_id is null then
        v_judgement.retry_after := v_guess.retry_after;
        if v_guess.retry_after is not null then
            v_judgement.reasons := array['throttled'];
            return v_judgement;
        end if;
    end if;
    if p_gate.has_blocklist then
        select m.is_blocked, m.attention into v_is_blocked, v_judgement.attention
        from garita.match_blocklist(p_gate.site_id, v_pass, p_now) m;
    end if;

    -- What refuses both an entry and an exit.
    v_judgement.reasons := array_remove(array[
        case when not p_gate.is_active then 'gate_inactive' end,
        case when p_direction <> all (p_gate.directions) then 'wrong_direction' end,
        -- Whoever admits a person by hand reads no code.
        case when not (p_method is not distinct from 'MANUAL' and p_device_id is null) and p_gate.readers & v_pass.reader = 0
            then 'method_not_supported' end,
        case when v_pass.code_id is null then 'unknown_code' end
    ], null);
    -- What refuses an entry, never an exit: that would lock people in.
    v_faults := garita.faults(v_pass, p_gate, p_now, (p_now at time zone p_gate.time_zone)::date);
    if v_is_blocked then
        v_faults := v_faults || array['blocklisted'];
    end if;
    if p_direction = 'ENTRY' then
        v_judgement.reasons := v_judgement.reasons || v_faults;
    else
        v_judgement.warnings := v_faults;
    end if;
    return v_judgement;
end
$$;

comment on function garita.judge(
    garita.gates, boolean, boolean, bigint, bigint, bytea[], bytea[], bigint, text, bigint, text, text, timestamptz) is
    'Finds a code and says everything that speaks against it; no reason is yes. Counts nothing (garita.count_refusal).';
