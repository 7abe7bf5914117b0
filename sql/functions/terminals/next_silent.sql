create or replace function garita.next_silent() returns timestamptz
language sql stable
as $$
    select min(s.reached_at + interval '1 minute')
    from garita.door_states s
    join garita.doors d on d.id = s.door_id
    where d.driver = 'zkteco' and d.is_active and s.trouble <> 'offline'
$$;

comment on function garita.next_silent() is 'When the next terminal may have been silent for too long (garita.note_silent); null for never.';
