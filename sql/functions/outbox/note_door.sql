create or replace function garita.note_door(p_door_id bigint, p_report jsonb) returns void
language plpgsql volatile
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_before garita.door_states;
    v_trouble text := p_report ->> 'trouble';
begin
    select * into v_before from garita.door_states s where s.door_id = p_door_id for no key update;
    insert into garita.door_states as s (
        door_id, site_id, reached_at, answered_at, answer, trouble, trouble_since, clock_drift_seconds, details)
    select d.id, d.site_id, case when (p_report ->> 'reached')::boolean then v_now end,
        case when p_report ? 'answer' then v_now end, coalesce(left(p_report ->> 'answer', 200), ''),
        coalesce(v_trouble, ''), case when v_trouble <> '' then v_now end, (p_report ->> 'drift')::integer,
        coalesce(p_report -> 'details', '{}')
    from garita.doors d
    where d.id = p_door_id
    on conflict (door_id) do update set
        reached_at = coalesce(excluded.reached_at, s.reached_at),
        answered_at = coalesce(excluded.answered_at, s.answered_at),
        answer = case when p_report ? 'answer' then excluded.answer else s.answer end,
        trouble = coalesce(v_trouble, s.trouble),
        trouble_since = case when v_trouble = s.trouble or v_trouble is null then s.trouble_since
            when v_trouble <> '' then v_now end,
        clock_drift_seconds = coalesce(excluded.clock_drift_seconds, s.clock_drift_seconds),
        details = s.details || excluded.details;
    if v_trouble is distinct from coalesce(v_before.trouble, '') and v_trouble is not null then
        perform garita.note_event(p_door_id, jsonb_build_object(
            'kind', case when v_trouble = '' then 'trouble_ended' else 'trouble' end,
            'details', jsonb_build_object('trouble', case when v_trouble = '' then v_before.trouble else v_trouble end)));
    end if;
    if p_report ? 'contact' then
        perform garita.note_contact(p_door_id, p_report ->> 'contact', v_now);
    end if;
end
$$;

comment on function garita.note_door(bigint, jsonb) is
    'What a driver says of a door: reached, answer, trouble (empty: none), contact, drift (seconds), details; what is not '
    'named stays as it was. Trouble that begins or ends is an event.';
