-- The one function of the gate pool: the decision at the moment of the database's clock, which is the only clock that counts;
-- no caller brings a time of its own. The app pool asks as itself, or in a transaction of the caller's.
--
-- A plain yes is given here, in two or three statements and few expressions, because PL/pgSQL prepares each of them anew in
-- every transaction, and most of a decision's time is that. Everything else is garita.decide's.
create or replace function api.validate_code(
    p_user_id bigint, p_token_version integer, p_session_id bigint,
    p_device_id bigint, p_device_key_version integer,
    p_code_tags bytea[], p_code_hint text, p_otp_tags bytea[], p_otp_step bigint, p_shape text,
    p_access_point_id bigint, p_direction text, p_method text, p_request_id text, p_trace_id text, p_address text)
returns garita.gate_verdict
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_found record;
    v_gate garita.gates;
    v_pass garita.credentials;
    v_opens boolean;
    v_log_id bigint;
begin
    if p_device_id is null and p_method is null and p_code_tags[2] is null and p_access_point_id > 0
        and coalesce(p_request_id, '') = ''
    then
        select l.gate, l.pass, l.opens into v_found
        from garita.look_up(
            p_user_id, p_token_version, p_session_id, p_access_point_id, p_code_tags[1], p_direction, v_now) l;
        v_gate := v_found.gate;
        v_pass := v_found.pass;
        v_opens := v_found.opens;
        -- Not the first entry or the last exit of a visit: the visit changes with it.
        if v_opens and v_now < v_gate.log_until
            and (v_pass.visit_status is null or v_pass.visit_status = 'CHECKED_IN' and p_direction = 'ENTRY')
        then
            if v_pass.max_uses is not null then
                update garita.credentials c
                set times_used = c.times_used + 1, last_used_at = v_now, version = c.version + 1
                where c.code_kind = v_pass.code_kind and c.code_id = v_pass.code_id and c.version = v_pass.version;
            end if;
            if found then
                v_log_id := nextval('garita.access_logs_id_seq');
                insert into garita.access_logs (
                    id, "timestamp", created_at, site_id, resident_id, visitor_id, unit_id, person_name,
                    person_document, unit_display, access_point_id, access_point_name, access_type, access_method,
                    code_tag, code_hint, temporary_code_id, access_code_id, status, vehicle_plate, authorized_by,
                    request_id, ip_address)
                values (
                    v_log_id, v_now, v_now, v_pass.site_id,
                    case when v_pass.visitor_id is null then v_pass.resident_id end, v_pass.visitor_id, v_pass.unit_id,
                    v_pass.person_name, v_pass.person_document, v_pass.unit_display, v_gate.point_id, v_gate.point_name,
                    p_direction, v_pass.access_method, v_pass.code_tag, coalesce(left(p_code_hint, 2), ''),
                    case when v_pass.visitor_id is not null then v_pass.code_id end,
                    case when v_pass.visitor_id is null then v_pass.code_id end, 'SUCCESS', v_pass.vehicle_plate,
                    p_user_id, coalesce(left(p_trace_id, 128), ''), coalesce(left(p_address, 64), ''));
                if v_gate.doors is not null then
                    perform garita.open_doors(v_gate, p_direction, v_log_id, p_user_id, null, v_now);
                end if;
                return (
                    true, '{}', '{}', '[]', case when v_pass.visitor_id is null then 'resident' else 'visitor' end,
                    v_pass.person_name, v_pass.unit_display, v_pass.code_kind, v_pass.code_id, v_log_id,
                    v_pass.max_uses - v_pass.times_used - 1, v_pass.visitor_id, true, null, false)::garita.gate_verdict;
            end if;
            v_gate := null;
        end if;
    end if;

    return garita.decide(
        p_user_id, p_token_version, p_session_id, p_device_id, p_device_key_version, p_code_tags, p_code_hint,
        p_otp_tags, p_otp_step, p_shape, p_access_point_id, p_direction, p_method, p_request_id, p_trace_id,
        p_address, v_now, v_gate, v_pass, v_opens);
end
$$;

comment on function api.validate_code(
    bigint, integer, bigint, bigint, integer, bytea[], text, bytea[], bigint, text, bigint, text, text, text, text,
    text) is
    'Decides on a code at a gate, spends a use, logs, answers: one row with every reason in the order of the rules. '
    'For a person (first three) or a gate device (next two). Without an access point the lines about the gate are '
    'skipped. p_shape is null for a text of 64 bits and more, else as garita.kinds_of_text has it. GA401 for a dead '
    'token or device, GA403 for a resident, GA409 for a request id used otherwise.';
grant execute on function api.validate_code(
    bigint, integer, bigint, bigint, integer, bytea[], text, bytea[], bigint, text, bigint, text, text, text, text,
    text) to garita_gate, garita_app, garita_admin, garita_guard;
