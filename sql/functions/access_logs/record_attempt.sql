create or replace function garita.record_attempt(
    p_now timestamptz, p_site_id bigint, p_point garita.access_points, p_pass garita.gate_pass, p_direction text,
    p_granted boolean, p_reasons text[], p_warnings text[], p_code_tag bytea, p_code_hint text,
    p_user_id bigint, p_request_id text, p_address text, p_notes text)
returns bigint
language plpgsql volatile
as $$
declare
    v_month timestamp := p_now at time zone 'UTC';
    v_id bigint;
begin
    -- By need, should the timer that makes partitions ahead have stopped: a gate never closes over housekeeping.
    if to_regclass('garita.access_logs_' || to_char(v_month, 'YYYYMM')) is null then
        perform garita.ensure_log_partition(v_month::date);
    end if;

    insert into garita.access_logs as l (
        "timestamp", created_at, site_id, resident_id, visitor_id, unit_id, person_name, person_document, unit_display,
        access_point_id, access_point_name, access_type, access_method, code_tag, code_hint, temporary_code_id,
        access_code_id, status, reasons, warnings, vehicle_plate, authorized_by, request_id, ip_address, notes)
    values (
        p_now, p_now, p_site_id,
        -- A visit is the visitor's row; its host is found through the visit.
        case when p_pass.visitor_id is null then p_pass.resident_id end, p_pass.visitor_id, p_pass.unit_id,
        coalesce(p_pass.person_name, 'Unknown'), coalesce(p_pass.person_document, ''),
        coalesce(p_pass.unit_display, ''), p_point.id, coalesce(p_point.name, ''), p_direction,
        case p_pass.code_kind
            when 'QR' then 'QR_CODE'
            when 'NUMERIC' then 'NUMERIC_CODE'
            when 'OTP' then 'NUMERIC_CODE'
            when 'PIN' then 'NUMERIC_CODE'
            when 'ALPHANUMERIC' then 'ALPHANUMERIC_CODE'
            when 'RFID' then 'RFID'
            when 'BIOMETRIC' then 'BIOMETRIC'
            else 'OTHER'
        end,
        p_code_tag, coalesce(left(p_code_hint, 2), ''), p_pass.temporary_code_id, p_pass.access_code_id,
        case when p_granted then 'SUCCESS' else 'DENIED' end, p_reasons, p_warnings,
        coalesce(p_pass.vehicle_plate, ''), p_user_id, left(coalesce(p_request_id, ''), 128),
        left(coalesce(p_address, ''), 64), p_notes)
    returning l.id into v_id;
    return v_id;
end
$$;

comment on function garita.record_attempt(
    timestamptz, bigint, garita.access_points, garita.gate_pass, text, boolean, text[], text[], bytea, text, bigint,
    text, text, text) is 'Writes the one log row of an attempt, granted or not, and answers its id.';
