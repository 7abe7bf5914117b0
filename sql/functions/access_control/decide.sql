-- The decision at a gate, in one transaction. A refusal is a row, never an exception, or its own log line would be
-- rolled back with it.
create or replace function garita.decide(
    p_user_id bigint, p_token_version integer, p_session_id bigint,
    p_device_id bigint, p_device_key_version integer,
    p_code_tags bytea[], p_code_hint text, p_otp_tags bytea[], p_otp_step bigint, p_shape text,
    p_access_point_id bigint, p_direction text, p_method text, p_request_id text, p_trace_id text, p_address text,
    p_now timestamptz, p_gate garita.gates default null, p_pass garita.credentials default null,
    p_opens boolean default null)
returns garita.gate_verdict
language plpgsql volatile
as $$
declare
    v_found record;
    v_is_own_point boolean := true;
    v_is_own_direction boolean := true;
    v_opens boolean;
    v_gate garita.gates;
    v_pass garita.credentials;
    v_judgement garita.judgement;
    v_answer garita.gate_verdict;
    v_status text;
    v_next_status text;
    v_log_id bigint;
    v_where bytea;
begin
    loop
        -- Who asks, where, and with what.
        if p_gate.site_id is not null then
            v_gate := p_gate;
            v_pass := p_pass;
            v_opens := p_opens;
            p_gate := null;
        elsif p_device_id is null then
            select l.gate, l.pass, l.opens into v_found
            from garita.look_up(
                p_user_id, p_token_version, p_session_id, p_access_point_id, p_code_tags[1], p_direction, p_now) l;
            v_gate := case when found then v_found.gate
                else garita.gate_of_user(p_user_id, p_token_version, p_session_id, p_access_point_id) end;
            v_pass := v_found.pass;
            v_opens := v_found.opens;
        else
            select d.gate, c as pass, d.is_own_point, d.is_own_direction, d.is_own_point and d.is_own_direction
                and (d.gate).guesses_until <= p_now and garita.opens(c, d.gate, p_direction, p_now) as opens
            into v_found
            from garita.gate_of_device(p_device_id, p_device_key_version, p_access_point_id, p_direction, p_now) d
            left join garita.credentials c on c.site_id = (d.gate).site_id and c.code_tag = p_code_tags[1];
            v_gate := v_found.gate;
            v_pass := v_found.pass;
            v_opens := v_found.opens;
            v_is_own_point := v_found.is_own_point;
            v_is_own_direction := v_found.is_own_direction;
        end if;

        -- A repeated request gets the stored answer.
        if p_request_id <> '' and v_where is null then
            perform garita.require_question(p_direction, p_method);
            v_where := int8send(coalesce(p_access_point_id, 0)) || convert_to(p_direction, 'UTF8');
            v_answer := garita.recall_admission(
                coalesce('d:' || p_device_id, 'u:' || p_user_id), p_request_id, p_code_tags, v_where);
            if v_answer.replayed then
                return v_answer;
            end if;
        end if;

        -- Of a plain yes nothing more has to be known.
        if (v_opens and p_method is null and p_code_tags[2] is null and p_access_point_id <> 0 is not false) is not true
        then
            perform garita.require_question(p_direction, p_method);
            v_judgement := garita.judge(
                v_gate, v_is_own_point, v_is_own_direction, p_user_id, p_device_id, p_code_tags, p_otp_tags,
                p_otp_step, p_shape, p_access_point_id, p_direction, p_method, p_now);
            v_pass := v_judgement.pass;
        end if;
        exit when v_judgement.reasons <> '{}' or v_pass.code_kind is distinct from 'temporary';

        -- Whoever goes in or out for the first time changes the visit too. A visit is locked before its codes, here as by
        -- everything that changes visits, so that nobody waits for somebody who waits.
        v_next_status := case
            when v_pass.visit_status = 'CHECKED_IN' then case when p_direction = 'EXIT' then 'CHECKED_OUT' end
            when p_direction = 'ENTRY' then 'CHECKED_IN' end;
        if v_next_status is not null then
            select v.status into v_status from garita.visitors v where v.id = v_pass.visitor_id for no key update;
            if v_status <> v_pass.visit_status then
                perform garita.renew_credentials('temporary', array[v_pass.code_id]);
                v_judgement := null;
                continue;
            end if;
        end if;
        -- An entry spends one use, but only of the version that was judged. If another scan or a revocation changes it
        -- meanwhile, this waits for that transaction and judges again.
        if p_direction = 'ENTRY' then
            update garita.credentials c
            set times_used = c.times_used + 1, last_used_at = p_now, visit_status = 'CHECKED_IN', version = c.version + 1,
                last_step = coalesce(v_judgement.step, c.last_step)
            where c.code_kind = 'temporary' and c.code_id = v_pass.code_id and c.version = v_pass.version;
            exit when found;
        elsif v_judgement.step is not null then
            update garita.credentials c set last_step = v_judgement.step, version = c.version + 1
            where c.code_kind = 'temporary' and c.code_id = v_pass.code_id and c.version = v_pass.version;
            exit when found;
        else
            exit;
        end if;
        v_judgement := null;
    end loop;

    if v_judgement.reasons <> '{}' then
        v_judgement.notes := garita.count_refusal(v_gate, v_judgement, p_user_id, p_device_id, p_now);
    elsif v_next_status is not null then
        update garita.visitors v
        set status = v_next_status,
            check_in_time = case when p_direction = 'ENTRY' then p_now else v.check_in_time end,
            check_out_time = case when p_direction = 'EXIT' then p_now end
        where v.id = v_pass.visitor_id;
    end if;

    -- The one log row; none for most of those that are refused unread.
    if v_judgement.reasons is null or v_judgement.notes is not null then
        v_log_id := garita.write_log(
            v_gate, v_pass, p_direction, p_method, p_code_tags[1], p_code_hint, v_judgement.reasons,
            v_judgement.warnings, case when p_device_id is null then p_user_id end, p_device_id, p_trace_id, p_address,
            v_judgement.notes, p_now);
        if v_gate.doors is not null and v_judgement.reasons <> '{}' is not true then
            perform garita.open_doors(
                v_gate, p_direction, v_log_id, case when p_device_id is null then p_user_id end, p_device_id, p_now);
        end if;
    end if;

    v_answer := (
        v_judgement.reasons <> '{}' is not true, coalesce(v_judgement.reasons, '{}'),
        coalesce(v_judgement.warnings, '{}'), coalesce(v_judgement.attention, '[]'),
        case when v_pass.visitor_id is not null then 'visitor' when v_pass.resident_id is not null then 'resident' end,
        v_pass.person_name, v_pass.unit_display, v_pass.code_kind, v_pass.code_id, v_log_id,
        v_pass.max_uses - v_pass.times_used - case when p_direction = 'ENTRY' and v_judgement.reasons <> '{}' is not true
            then 1 else 0 end,
        v_pass.visitor_id, p_access_point_id is null or p_access_point_id > 0 and v_gate.point_id = p_access_point_id,
        v_judgement.retry_after, false)::garita.gate_verdict;

    -- What is throttled may be tried again under the same id.
    if p_request_id <> '' and v_judgement.retry_after is null then
        insert into garita.admissions (caller, request_id, site_id, fingerprint, answer, log_id, created_at)
        values (
            coalesce('d:' || p_device_id, 'u:' || p_user_id), p_request_id, v_gate.site_id, p_code_tags[1] || v_where,
            v_answer, v_log_id, p_now);
    end if;
    return v_answer;
end
$$;

comment on function garita.decide(
    bigint, integer, bigint, bigint, integer, bytea[], text, bytea[], bigint, text, bigint, text, text, text, text,
    text, timestamptz, garita.gates, garita.credentials, boolean) is
    'api.validate_code at a given moment: decides, spends a use, logs, answers. p_gate, p_pass and p_opens: what '
    'garita.look_up has found already.';
