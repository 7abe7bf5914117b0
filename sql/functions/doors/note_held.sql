create or replace function garita.note_held() returns void
language plpgsql volatile
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_door bigint;
begin
    for v_door in
        select s.door_id from garita.door_states s
        join garita.doors d on d.id = s.door_id
        where s.contact = 'open' and d.is_active and d.held_after_seconds > 0
            and s.contact_since + d.held_after_seconds * interval '1 second' <= v_now
            and not garita.wants_open(s.site_id)
            and not exists (
                select from garita.door_events e
                where e.door_id = s.door_id and e.kind = 'held' and e.happened_at >= s.contact_since)
    loop
        perform garita.note_event(v_door, jsonb_build_object('kind', 'held', 'at', v_now));
    end loop;
end
$$;

comment on function garita.note_held() is
    'Doors that are open for longer than they should become events (held), once for each time they are open; not during an '
    'emergency.';
