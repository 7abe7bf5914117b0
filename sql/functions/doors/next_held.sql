create or replace function garita.next_held() returns timestamptz
language sql stable
as $$
    select min(s.contact_since + d.held_after_seconds * interval '1 second')
    from garita.door_states s
    join garita.doors d on d.id = s.door_id
    where s.contact = 'open' and d.is_active and d.held_after_seconds > 0
        and s.contact_since + d.held_after_seconds * interval '1 second' > clock_timestamp()
$$;

comment on function garita.next_held() is 'When the next door may have been open for too long (garita.note_held); null for never.';
