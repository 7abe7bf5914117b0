-- The decision at a gate, in one transaction. A refusal is a row, never an exception, or its own log line would be
-- rolled back with it. One body, because every call of a function inside it is paid at every gate all day long.
create or replace function garita.decide(
    p_user_id bigint, p_token_version integer, p_session_id bigint,
    p_device_id bigint, p_device_key_version integer,
    p_code_tags bytea[], p_code_hint text, p_otp_tags bytea[], p_otp_step bigint, p_shape text,
    p_access_point_id bigint, p_direction text, p_method text, p_request_id text, p_trace_id text, p_address text,
    p_now timestamptz)
returns garita.gate_verdict
language plpgsql volatile
as $$
declare
    v_gate garita.gate;
    v_pass garita.gate_pass;
    v_answer garita.gate_verdict;
    v_reasons text[];
    v_warnings text[] := array[]::text[];
    v_attention jsonb := '[]'::jsonb;
    v_is_granted boolean;
    v_uses_left integer;
    v_log_id bigint;
    v_is_entry boolean := p_direction = 'ENTRY';
    v_guess garita.guess;
    v_is_known boolean;
    v_is_throttled boolean := false;
    v_is_logged boolean := true;
    v_today date;
    v_is_blocked boolean;
    v_faults text[];
    v_caller text := case when p_device_id is null then 'u:' || p_user_id else 'd:' || p_device_id end;
    v_where bytea;
    v_notes text := '';
    v_month timestamp := p_now at time zone 'UTC';
begin
    -- Who asks, and where.
    if p_device_id is null then
        v_gate := garita.gate_of_user(
            p_user_id, p_token_version, p_session_id, p_access_point_id, p_direction, p_now);
    else
        v_gate := garita.gate_of_device(p_device_id, p_device_key_version, p_access_point_id, p_direction, p_now);
    end if;
    if p_direction is null or p_direction not in ('ENTRY', 'EXIT') then
        raise exception using errcode = 'GA400', hint = 'access_type',
            message = 'Not a direction.',
            detail = 'No es un sentido de paso.';
    elsif p_method not in (
        'QR_CODE', 'RFID', 'NUMERIC_CODE', 'ALPHANUMERIC_CODE', 'MANUAL', 'BIOMETRIC', 'OTHER')
    then
        raise exception using errcode = 'GA400', hint = 'method',
            message = 'Not a method of reading.',
            detail = 'No es un medio de lectura.';
    end if;

    -- A repeated request gets the stored answer.
    if p_request_id <> '' then
        v_where := int8send(coalesce(p_access_point_id, 0)) || convert_to(p_direction, 'UTF8');
        v_answer := garita.recall_admission(v_caller, p_request_id, p_code_tags, v_where);
        if v_answer.replayed then
            return v_answer;
        end if;
    end if;

    v_is_known := p_access_point_id is null or v_gate.point_id is not null;
    v_today := (p_now at time zone v_gate.time_zone)::date;

    -- A shape means under 64 bits: it can be guessed. Everything else is looked up whatever was tried before.
    if p_shape is not null and v_is_known and v_gate.is_own_point and v_gate.is_own_direction then
        v_guess := garita.weigh_guess(
            v_gate.site_id, coalesce(v_gate.point_id, 0), v_caller, p_shape, cardinality(p_otp_tags) > 0, v_is_entry,
            p_now);
    end if;

    loop
        -- The reasons to refuse. At a gate that is not the caller's the code is not looked up, to reveal nothing of it.
        if not v_is_known then
            v_reasons := array['unknown_access_point'];
            v_notes := 'access point ' || p_access_point_id;
        elsif not (v_gate.is_own_point and v_gate.is_own_direction) then
            v_reasons := array_remove(array[
                case when not v_gate.is_own_direction then 'wrong_direction' end,
                case when not v_gate.is_own_point then 'wrong_gate' end
            ], null);
        else
            v_pass := garita.find_pass(
                v_gate.site_id, p_code_tags, case when p_otp_step is null then '{}' else p_otp_tags end, v_guess,
                v_gate.point_id);
            -- The digits of a step count once.
            if v_pass.code_type = 'OTP' and p_otp_step <= v_pass.last_step then
                v_pass := null;
            end if;
            v_is_throttled := v_guess.retry_after is not null and v_pass.code_type is null;
            if v_gate.has_blocklist then
                select m.is_blocked, m.attention into v_is_blocked, v_attention
                from garita.match_blocklist(v_gate.site_id, v_pass, p_now) m;
            end if;

            -- The lines of the rules that can refuse both an entry and an exit, in the order of the rules.
            v_reasons := array_remove(array[
                case when not v_gate.is_active then 'gate_inactive' end,
                case when not v_gate.is_this_way then 'wrong_direction' end,
                -- Whoever admits a person by hand reads no code.
                case when not (p_method is not distinct from 'MANUAL' and p_device_id is null) and not case
                        when v_pass.code_type = 'QR' then v_gate.supports_qr
                        when v_pass.code_type = 'RFID' then v_gate.supports_rfid
                        when v_pass.code_type in ('NUMERIC', 'ALPHANUMERIC', 'OTP', 'PIN') then v_gate.supports_numeric
                    end then 'method_not_supported' end,
                case when v_pass.code_type is null then 'unknown_code' end
            ], null);
            -- Those that refuse an entry, never an exit: that would lock people in. Windows are half-open; days the site's.
            v_faults := array_remove(array[
                case when v_pass.is_revoked then 'revoked' end,
                case when p_now < v_pass.starts_at - v_gate.grace_before then 'not_yet_valid' end,
                case when p_now >= v_pass.ends_at + v_gate.grace_after or v_today > v_pass.last_day then 'expired' end,
                case when v_pass.schedule_id is not null and not garita.schedule_holds(
                        v_pass.schedule_id, p_now, v_gate.time_zone, v_gate.grace_before, v_gate.grace_after)
                    then 'outside_schedule' end,
                case when v_pass.uses_left <= 0 then 'no_uses_left' end,
                case when not v_pass.opens_this_point or v_gate.building_id <> v_pass.building_id then 'wrong_gate' end,
                case when not v_pass.is_authorized then 'person_not_authorized' end,
                case when v_today >= v_pass.move_out_date then 'moved_out' end,
                case when v_pass.visit_status = 'DENIED' then 'visit_denied' end,
                case when v_pass.visit_status = 'PENDING' then 'approval_pending' end,
                case when v_is_blocked then 'blocklisted' end
            ], null);
            if v_is_throttled then
                v_reasons := array['throttled'];
            elsif v_is_entry then
                v_reasons := v_reasons || v_faults;
            else
                v_warnings := v_faults;
            end if;
        end if;

        v_is_granted := v_reasons = '{}';
        v_uses_left := v_pass.uses_left;
        exit when not v_is_granted or v_pass.temporary_code_id is null;

        -- An entry spends one use, but only of the row version that was judged. If another scan or a revocation changed it
        -- meanwhile, this waits for that transaction and judges again.
        if v_is_entry then
            update garita.temporary_codes t
            set times_used = t.times_used + 1, is_active = t.times_used + 1 < t.max_uses, last_used_at = p_now,
                last_step = case when v_pass.code_type = 'OTP' then p_otp_step else t.last_step end, updated_at = p_now
            where t.id = v_pass.temporary_code_id and t.xmin = v_pass.row_version
            returning t.max_uses - t.times_used into v_uses_left;
            exit when found;
        elsif v_pass.code_type = 'OTP' then
            update garita.temporary_codes t set last_step = p_otp_step, updated_at = p_now
            where t.id = v_pass.temporary_code_id and t.xmin = v_pass.row_version;
            exit when found;
        else
            exit;
        end if;
        perform from garita.temporary_codes t where t.id = v_pass.temporary_code_id for no key update;
    end loop;

    -- The visitor is checked in or out, unless already there.
    if v_is_granted and v_is_entry and v_pass.visit_status <> 'CHECKED_IN' then
        update garita.visitors v set status = 'CHECKED_IN', check_in_time = p_now, check_out_time = null
        where v.id = v_pass.visitor_id and v.status <> 'CHECKED_IN';
    elsif v_is_granted and not v_is_entry and v_pass.visit_status = 'CHECKED_IN' then
        update garita.visitors v set status = 'CHECKED_OUT', check_out_time = p_now
        where v.id = v_pass.visitor_id and v.status = 'CHECKED_IN';
    end if;

    -- After a refusal: a wrong guess takes a token; what is refused unread is counted for its caller alone.
    if v_guess.looks_typed or v_guess.looks_read then
        if not v_is_granted then
            perform garita.charge_guess(v_gate, v_guess, v_pass, p_now, v_today);
        end if;
    elsif v_is_throttled then
        perform garita.count_guess(
            v_gate.site_id, v_gate.user_id, v_gate.device_id, false, v_guess.is_read and not v_guess.is_typed, p_now,
            v_today);
        v_notes := garita.count_throttled(
            v_gate.site_id, v_gate.point_id, case when v_guess.is_typed then 'typed' else 'read' end, p_now, v_today);
        v_is_logged := v_notes is not null;
    end if;

    -- The one log row.
    if v_is_logged then
        -- In case the daily job that makes partitions ahead has stopped: a decision must not fail because of it.
        if to_regclass('garita.access_logs_' || to_char(v_month, 'YYYYMM')) is null then
            perform garita.ensure_log_partition(v_month::date);
        end if;
        insert into garita.access_logs as l (
            "timestamp", created_at, site_id, resident_id, visitor_id, unit_id, person_name, person_document,
            unit_display, access_point_id, access_point_name, access_type, access_method, code_tag, code_hint,
            temporary_code_id, access_code_id, status, reasons, warnings, vehicle_plate, authorized_by, device_id,
            request_id, ip_address, notes)
        values (
            p_now, p_now, v_gate.site_id,
            -- A visit is the visitor's row; its host is found through the visit.
            case when v_pass.visitor_id is null then v_pass.resident_id end, v_pass.visitor_id, v_pass.unit_id,
            coalesce(v_pass.person_name, 'Unknown'), coalesce(v_pass.person_document, ''),
            coalesce(v_pass.unit_display, ''), v_gate.point_id, coalesce(v_gate.point_name, ''), p_direction,
            coalesce(p_method, case v_pass.code_type
                when 'QR' then 'QR_CODE'
                when 'NUMERIC' then 'NUMERIC_CODE'
                when 'OTP' then 'NUMERIC_CODE'
                when 'PIN' then 'NUMERIC_CODE'
                when 'ALPHANUMERIC' then 'ALPHANUMERIC_CODE'
                when 'RFID' then 'RFID'
                when 'BIOMETRIC' then 'BIOMETRIC'
                else 'OTHER'
            end),
            p_code_tags[1], coalesce(left(p_code_hint, 2), ''), v_pass.temporary_code_id, v_pass.access_code_id,
            case when v_is_granted then 'SUCCESS' else 'DENIED' end, v_reasons, v_warnings,
            coalesce(v_pass.vehicle_plate, ''), v_gate.user_id, coalesce(v_gate.device_id::text, ''),
            left(coalesce(p_trace_id, ''), 128), left(coalesce(p_address, ''), 64), v_notes)
        returning l.id into v_log_id;
    end if;

    v_answer := (
        v_is_granted, v_reasons, v_warnings, v_attention,
        case when v_pass.visitor_id is not null then 'visitor' when v_pass.resident_id is not null then 'resident' end,
        v_pass.person_name, v_pass.unit_display,
        case
            when v_pass.temporary_code_id is not null then 'temporary'
            when v_pass.access_code_id is not null then 'permanent'
        end,
        coalesce(v_pass.temporary_code_id, v_pass.access_code_id), v_log_id, v_uses_left, v_pass.visitor_id, v_is_known,
        case when v_is_throttled then v_guess.retry_after end, false)::garita.gate_verdict;

    -- What is throttled may be tried again under the same id.
    if p_request_id <> '' and not v_is_throttled then
        insert into garita.admissions (caller, request_id, site_id, fingerprint, answer, log_id, created_at)
        values (v_caller, p_request_id, v_gate.site_id, p_code_tags[1] || v_where, v_answer, v_log_id, p_now);
    end if;
    return v_answer;
end
$$;

comment on function garita.decide(
    bigint, integer, bigint, bigint, integer, bytea[], text, bytea[], bigint, text, bigint, text, text, text, text,
    text, timestamptz) is
    'api.validate_code at a given moment: decides, spends a use, logs, answers.';
