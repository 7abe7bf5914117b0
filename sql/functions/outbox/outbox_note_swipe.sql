-- Event and log row are one transaction: the number that the device gave the event keeps both from being written twice.
create or replace function api.outbox_note_swipe(
    p_door_id bigint, p_source text, p_epoch bigint, p_index bigint, p_is_granted boolean, p_is_exit boolean,
    p_code_tags bytea[], p_code_hint text, p_wall text, p_details jsonb)
returns bigint
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_door garita.doors;
    v_gate garita.gates;
    v_pass garita.credentials;
    v_at timestamptz;
    v_direction text;
    v_log_id bigint;
begin
    select * into v_door from garita.doors d where d.id = p_door_id;
    if not found then
        return null;
    end if;
    -- What a device says of the time counts unless it cannot be: in the future, or older than any device keeps.
    v_at := p_wall::timestamp at time zone (select s.time_zone from garita.sites s where s.id = v_door.site_id);
    v_at := case when v_at between v_now - interval '1 year' and v_now then v_at else v_now end;
    select c.* into v_pass from garita.credentials c
    where c.site_id = v_door.site_id and c.code_tag = any (p_code_tags) and c.code_kind = 'permanent'
    order by array_position(p_code_tags, c.code_tag)
    limit 1;
    if not garita.note_event(p_door_id, jsonb_build_object(
        'kind', case when p_is_granted then 'granted' else 'denied' end, 'at', v_at, 'source', p_source,
        'epoch', p_epoch, 'index', p_index,
        'details', p_details || jsonb_strip_nulls(jsonb_build_object('access_code', v_pass.code_id))))
        or not p_is_granted or v_pass.code_id is null
    then
        return null;
    end if;

    v_gate := garita.gate_of_site(v_door.site_id, v_door.access_point_id);
    if v_gate.site_id is null then
        return null;
    end if;
    v_direction := case when v_door.direction <> 'BOTH' then v_door.direction when p_is_exit then 'EXIT' else 'ENTRY' end;
    v_log_id := garita.log_past(
        v_gate, v_pass, v_direction, v_pass.code_tag, p_code_hint,
        -- What the gate would have said.
        garita.faults(v_pass, v_gate, v_at, (v_at at time zone v_gate.time_zone)::date),
        'Decided by device ' || p_source || ' (event ' || p_index || ')', v_at);
    return v_log_id;
end
$$;

comment on function api.outbox_note_swipe(
    bigint, text, bigint, bigint, boolean, boolean, bytea[], text, text, jsonb) is
    'A card that a device saw and decided on: an event of the door, and a log row when a known one was let through. Once for '
    'each number of an event. p_wall is the time on the wall of the site, null for now. Returns the number of the log row, or '
    'null for none.';
grant execute on function api.outbox_note_swipe(
    bigint, text, bigint, bigint, boolean, boolean, bytea[], text, text, jsonb) to garita_outbox;
