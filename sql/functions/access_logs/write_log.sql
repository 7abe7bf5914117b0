create or replace function garita.write_log(
    p_gate garita.gates, p_pass garita.credentials, p_direction text, p_method text, p_code_tag bytea, p_code_hint text,
    p_reasons text[], p_warnings text[], p_user_id bigint, p_device_id bigint, p_trace_id text, p_address text,
    p_notes text, p_now timestamptz)
returns bigint
language plpgsql volatile
as $$
declare
    v_log_id bigint := nextval('garita.access_logs_id_seq');
begin
    -- In case the daily job that makes partitions ahead has stopped: a decision must not fail because of it.
    if p_now >= p_gate.log_until then
        perform garita.ensure_log_partition((p_now at time zone 'UTC')::date);
    end if;
    insert into garita.access_logs (
        id, "timestamp", created_at, site_id, resident_id, visitor_id, unit_id, person_name, person_document,
        unit_display, access_point_id, access_point_name, access_type, access_method, code_tag, code_hint,
        temporary_code_id, access_code_id, status, reasons, warnings, vehicle_plate, authorized_by, device_id,
        request_id, ip_address, notes)
    values (
        v_log_id, p_now, p_now, p_gate.site_id,
        -- A visit is the visitor's row; its host is found through the visit.
        case when p_pass.visitor_id is null then p_pass.resident_id end, p_pass.visitor_id, p_pass.unit_id,
        coalesce(nullif(p_pass.person_name, ''), 'Unknown'), coalesce(p_pass.person_document, ''),
        coalesce(p_pass.unit_display, ''), nullif(p_gate.point_id, 0), p_gate.point_name, p_direction,
        coalesce(p_method, p_pass.access_method, 'OTHER'), p_code_tag, coalesce(left(p_code_hint, 2), ''),
        case when p_pass.code_kind = 'temporary' then p_pass.code_id end,
        case when p_pass.code_kind = 'permanent' then p_pass.code_id end,
        case when p_reasons <> '{}' then 'DENIED' else 'SUCCESS' end, coalesce(p_reasons, '{}'),
        coalesce(p_warnings, '{}'), coalesce(p_pass.vehicle_plate, ''), p_user_id, coalesce(p_device_id::text, ''),
        left(coalesce(p_trace_id, ''), 128), left(coalesce(p_address, ''), 64), coalesce(p_notes, ''));
    if p_reasons <> '{}' then
        perform garita.announce_refusal(
            v_log_id, p_gate, p_pass, p_direction, coalesce(p_method, p_pass.access_method, 'OTHER'), p_reasons);
    end if;
    return v_log_id;
end
$$;

comment on function garita.write_log(
    garita.gates, garita.credentials, text, text, bytea, text, text[], text[], bigint, bigint, text, text, text,
    timestamptz) is
    'The one log row of a decision; returns its number. No reason, or null, is yes. A plain yes is written by '
    'api.validate_code itself. A refusal is told to subscriptions.';
