create or replace function api.ask_terminal_gate(
    p_serial text, p_address text, p_token_tag bytea, p_door text, p_direction text, p_code_tags bytea[],
    p_code_hint text, p_otp_tags bytea[], p_otp_step bigint, p_shape text, p_request_id text, p_trace_id text)
returns table (
    granted boolean, reasons text[], warnings text[], attention jsonb, person_type text, person_name text, unit text,
    code_kind text, code_id bigint, log_id bigint, uses_left integer, visitor_id bigint, retry_after integer,
    replayed boolean, door_number text, open_seconds integer)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
declare
    v_found record;
    v_device bigint;
    v_verdict garita.gate_verdict;
    v_opening bigint;
begin
    perform garita.require_terminal(p_serial, p_address, p_token_tag);
    select d.door, d.number into v_found from garita.terminal_doors(p_serial) d
    where d.number = p_door;
    if not found then
        raise exception using errcode = 'GA406',
            message = 'This terminal is not known here.', detail = 'Esta terminal no se conoce aquí.';
    end if;
    v_device := garita.device_of_door(v_found.door);
    v_verdict := api.validate_code(
        null, null, null, v_device, (select d.key_version from garita.devices d where d.id = v_device), p_code_tags,
        p_code_hint, p_otp_tags, p_otp_step, p_shape, (v_found.door).access_point_id,
        garita.terminal_direction(v_found.door, p_direction), null, p_request_id, p_trace_id, p_address);
    -- What was queued for this door is in the answer, and so neither waits for the terminal to ask nor is sent again. A
    -- question that is asked again finds nothing left to take.
    if v_verdict.granted then
        update garita.outbox o
        set state = 'accepted', sent_at = clock_timestamp(), accepted_at = clock_timestamp(), ended_at = clock_timestamp(), attempts = o.attempts + 1,
            answer = 'in the answer to the terminal'
        where o.log_id = v_verdict.log_id and o.door_id = (v_found.door).id and o.kind = 'open' and o.state = 'queued'
            and o.not_after > clock_timestamp()
        returning o.id into v_opening;
    end if;
    if v_opening is not null then
        insert into garita.door_states as s (door_id, site_id, granted_until)
        values ((v_found.door).id, (v_found.door).site_id,
            clock_timestamp() + ((v_found.door).open_seconds + 10) * interval '1 second')
        on conflict on constraint door_states_pkey do update
        set granted_until = greatest(s.granted_until, excluded.granted_until);
    end if;
    return query
    select v_verdict.granted, v_verdict.reasons, v_verdict.warnings, v_verdict.attention, v_verdict.person_type,
        v_verdict.person_name, v_verdict.unit, v_verdict.code_kind, v_verdict.code_id, v_verdict.log_id,
        v_verdict.uses_left, v_verdict.visitor_id, v_verdict.retry_after, v_verdict.replayed,
        case when v_opening is not null then v_found.number end, (v_found.door).open_seconds;
end
$$;

comment on function api.ask_terminal_gate(
    text, text, bytea, text, text, bytea[], text, bytea[], bigint, text, text, text) is
    'A terminal asks whether to open for a code: api.validate_code as the device of the door. door_number is null when '
    'there is nothing to open: refused, asked before, or not by itself. GA406 as garita.require_terminal.';
grant execute on function api.ask_terminal_gate(
    text, text, bytea, text, text, bytea[], text, bytea[], bigint, text, text, text) to garita_device;
