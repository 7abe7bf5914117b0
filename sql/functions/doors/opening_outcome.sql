create or replace function garita.opening_outcome(p_door_id bigint, p_state text, p_sent_at timestamptz) returns text
language sql stable
as $$
    select case
        when p_state not in ('accepted', 'confirmed', 'unknown') or p_sent_at is null then p_state
        when exists (
            select from garita.door_events e
            where e.door_id = d.id and e.kind in ('opened', 'forced')
                and e.happened_at between p_sent_at and p_sent_at + (d.open_seconds + 10) * interval '1 second') then 'opened'
        when p_state <> 'unknown' and clock_timestamp() > p_sent_at + (d.open_seconds + 10) * interval '1 second'
            and exists (select from garita.door_states s where s.door_id = d.id and s.contact is not null)
            and 'closed' = (
                select e.kind from garita.door_events e
                where e.door_id = d.id and e.kind in ('opened', 'forced', 'closed') and e.happened_at < p_sent_at
                order by e.happened_at desc limit 1) then 'unmoved'
        else p_state end
    from garita.doors d
    where d.id = p_door_id
$$;

comment on function garita.opening_outcome(bigint, text, timestamptz) is
    'The state of an opening, or what the contact of its door says of it: opened, within the pulse and ten seconds; unmoved, where '
    'it was closed and stayed so.';
grant execute on function garita.opening_outcome(bigint, text, timestamptz) to garita_admin, garita_guard;
