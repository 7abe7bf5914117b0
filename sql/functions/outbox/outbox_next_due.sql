create or replace function api.outbox_next_due(p_drivers text[]) returns bigint
language sql stable security definer
set search_path = garita, pg_temp
as $$
    -- greatest() passes over null, which must stay null: nothing waits.
    select case when d.milliseconds is not null then greatest(0, d.milliseconds) + 1 end
    from (
        -- What others send is only given up here, when its time is over.
        select (extract(epoch from least(garita.next_held(), garita.next_silent(), min(
            case when o.state = 'sent' then o.due_at when d.driver = any (p_drivers) and (o.kind = 'open' or not garita.is_behind(o))
                then least(o.due_at, o.not_after)
                else o.not_after end))
            - clock_timestamp()) * 1000)::bigint as milliseconds
        from garita.outbox o
        join garita.doors d on d.id = o.door_id
        where o.webhook_id is null and o.state in ('queued', 'sent')) d
$$;

comment on function api.outbox_next_due(text[]) is
    'In how many milliseconds a message to a door is to be tried or given up, a door is open for too long, or a terminal silent; null for never.';
grant execute on function api.outbox_next_due(text[]) to garita_outbox;
