-- Home Assistant asks for an opening: nobody is at the gate, so it is decided by what the door says of such asks, not by a code.
-- Who asks is the device of the gate that the door names; whoever may publish to the door's topic is that device.
create or replace function api.outbox_open_asked(p_door_id bigint, p_request_id text, p_is_stale boolean) returns text
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_tag bytea := substr(sha256('asked over MQTT'), 1, 16);
    v_request text := 'mqtt ' || p_door_id || ' ' || left(p_request_id, 64);
    v_door garita.doors;
    v_device garita.devices;
    v_gate garita.gates;
    v_pass garita.credentials;
    v_answer garita.gate_verdict;
    v_direction text;
    v_asks bigint;
    v_reasons text[];
    v_log_id bigint;
begin
    -- Two processes hear the same ask: one after the other.
    perform pg_advisory_xact_lock(hashtextextended('asked ' || p_door_id, 0));
    select * into v_door from garita.doors d where d.id = p_door_id and d.is_active and d.driver = 'mqtt';
    v_gate := garita.gate_of_site(v_door.site_id, v_door.access_point_id);
    if v_gate.site_id is null then
        return 'refused';
    end if;
    select * into v_device
    from garita.devices d
    where d.site_id = v_door.site_id and d.name = v_door.settings ->> 'device' and d.is_active;

    -- One press opens once: by its name, or where it has none, by the moment.
    if p_request_id <> '' then
        v_answer := garita.recall_admission('d:' || v_device.id, v_request, array[v_tag], '');
        if v_answer.replayed then
            return 'repeated';
        end if;
    elsif exists (
        select from garita.outbox o
        where o.door_id = p_door_id and o.device_id = v_device.id and o.created_at > v_now - interval '3 seconds')
    then
        return 'repeated';
    end if;

    select count(*) into v_asks
    from garita.access_logs l
    where l.site_id = v_door.site_id and l."timestamp" > v_now - interval '1 minute'
        and l.access_point_id = v_door.access_point_id and l.device_id = coalesce(v_device.id::text, '')
        and l.access_method = 'OTHER' and l.notes = 'asked over MQTT';
    -- The eleventh is logged, and the rest of the minute is not.
    if v_asks > 10 then
        return 'throttled';
    end if;

    v_direction := case
        when v_door.direction = 'EXIT' or v_door.direction = 'BOTH' and not v_device.allows_entry then 'EXIT'
        else 'ENTRY' end;
    v_reasons := array_remove(array[
        case when not v_gate.is_active then 'gate_inactive' end,
        case when v_direction <> all (v_gate.directions)
            or not case v_direction when 'ENTRY' then v_device.allows_entry else v_device.allows_exit end
            then 'wrong_direction' end,
        case when v_door.settings ->> 'allows_asks' is distinct from 'yes' then 'method_not_supported' end,
        case when p_is_stale is not false then 'expired' end,
        case when v_device.access_point_id <> v_door.access_point_id then 'wrong_gate' end,
        case when v_device.id is null then 'person_not_authorized' end,
        case when v_asks = 10 then 'throttled' end
    ], null);
    v_log_id := garita.write_log(
        v_gate, v_pass, v_direction, 'OTHER', null, '', v_reasons, '{}', null, v_device.id, p_request_id, '',
        'asked over MQTT', v_now);
    if v_reasons = '{}' then
        perform garita.queue_door(p_door_id, 'open', v_log_id, null, v_device.id, 'asked over MQTT');
    end if;
    if p_request_id <> '' and v_device.id is not null then
        v_answer := (
            v_reasons = '{}', v_reasons, '{}', '[]', null, null, null, null, null, v_log_id, null, null, true, null,
            false)::garita.gate_verdict;
        perform garita.keep_admission('d:' || v_device.id, v_request, v_gate.site_id, v_tag, v_answer, v_now);
    end if;
    return case when v_reasons = '{}' then 'queued' else 'refused' end;
end
$$;

comment on function api.outbox_open_asked(bigint, text, boolean) is
    'Decides on an opening that Home Assistant asks for, in the name of the device of the gate that the door names, and logs it: '
    'queued, refused, repeated (a press that was decided before), throttled (more than ten in a minute). Only where the door '
    'allows asks (allows_asks), and for what is not stale.';
grant execute on function api.outbox_open_asked(bigint, text, boolean) to garita_outbox;
