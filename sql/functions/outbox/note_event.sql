create or replace function garita.note_event(p_door_id bigint, p_event jsonb) returns boolean
language plpgsql volatile
as $$
begin
    insert into garita.door_events (site_id, door_id, happened_at, kind, source, source_epoch, source_index, details)
    select d.site_id, d.id, coalesce((p_event ->> 'at')::timestamptz, clock_timestamp()), left(p_event ->> 'kind', 40),
        coalesce(p_event ->> 'source', ''), coalesce((p_event ->> 'epoch')::bigint, 0), (p_event ->> 'index')::bigint,
        coalesce(p_event -> 'details', '{}')
    from garita.doors d
    where d.id = p_door_id
    on conflict (source, source_epoch, source_index, door_id) where source <> '' do nothing;
    return found;
end
$$;

comment on function garita.note_event(bigint, jsonb) is
    'Writes an event of a door: kind, and where they are known at, source, epoch, index, details. False for one that is known '
    'already, by the number its device gave it.';
