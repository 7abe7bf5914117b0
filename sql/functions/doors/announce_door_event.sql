create or replace function garita.announce_door_event() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    perform garita.announce(
        d.site_id, case when new.kind in ('forced', 'held') then 'door.' || new.kind else 'door.trouble' end,
        'door:' || d.id,
        jsonb_build_object('door_id', d.id, 'access_point_id', d.access_point_id)
            || case new.kind
                when 'trouble' then jsonb_build_object('trouble', new.details ->> 'trouble')
                when 'trouble_ended' then jsonb_build_object('trouble', '') else '{}' end,
        jsonb_build_object('door', d.name, 'access_point', p.name))
    from garita.doors d
    join garita.access_points p on p.id = d.access_point_id
    where d.id = new.door_id;
    return null;
end
$$;

comment on function garita.announce_door_event() is
    'Tells subscriptions that a door was forced or held, or that its trouble begins or ends (empty).';

create or replace trigger announce_door_event after insert on garita.door_events
    for each row when (new.kind in ('forced', 'held', 'trouble', 'trouble_ended'))
    execute function garita.announce_door_event();
