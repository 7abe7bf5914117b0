create or replace function api.outbox_next_due(p_drivers text[]) returns bigint
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select greatest(0, (extract(epoch from min(least(o.due_at, o.not_after)) - clock_timestamp()) * 1000)::bigint + 1)
    from garita.outbox o
    join garita.doors d on d.id = o.door_id
    -- What other processes send in time, they also take.
    where o.webhook_id is null and o.state in ('queued', 'sent')
        and (d.driver = any (p_drivers) or o.state = 'sent' or o.not_after < clock_timestamp())
$$;

comment on function api.outbox_next_due(text[]) is
    'In how many milliseconds a message to a door is to be tried, or given up; null when none waits.';
grant execute on function api.outbox_next_due(text[]) to garita_outbox;
