-- What is claimed counts as sent before a driver has it: after a crash in between a door stays shut, and none opens twice.
create or replace function api.outbox_claim_doors(p_drivers text[])
returns table (id bigint, kind text, door_id bigint, milliseconds_left bigint)
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_now timestamptz;
begin
    perform garita.expire_openings();
    perform garita.note_held();
    perform garita.note_silent();
    v_now := clock_timestamp();
    return query
    with claimed as (
        update garita.outbox o
        set state = 'sent', sent_at = v_now, attempts = o.attempts + 1, due_at = v_now + interval '15 seconds'
        from garita.doors d
        where d.id = o.door_id and o.id in (
            select q.id
            from garita.outbox q
            join garita.doors w on w.id = q.door_id
            where q.webhook_id is null and q.state = 'queued' and q.due_at <= v_now
                and (q.not_after is null or q.not_after > v_now) and w.driver = any (p_drivers)
                and (q.kind = 'open' or garita.is_wanted(q) and not garita.is_behind(q))
            order by q.not_after, q.id
            for update of q skip locked
            limit 200)
        returning o.id, o.kind, o.door_id, o.site_id, d.open_seconds,
            (extract(epoch from o.not_after - v_now) * 1000)::bigint as milliseconds_left),
    expected as (
        insert into garita.door_states as s (door_id, site_id, granted_until)
        select distinct on (c.door_id) c.door_id, c.site_id, v_now + (c.open_seconds + 10) * interval '1 second'
        from claimed c where c.kind = 'open'
        on conflict on constraint door_states_pkey do update
        set granted_until = greatest(s.granted_until, excluded.granted_until))
    select c.id, c.kind, c.door_id, c.milliseconds_left from claimed c order by c.milliseconds_left, c.id;
end
$$;

comment on function api.outbox_claim_doors(text[]) is
    'Takes messages to doors of the drivers named, at most 200: they count as sent from now on, and nobody else gets them; '
    'not what is no longer wanted, nor a hold or release whose opposite has no answer yet. milliseconds_left is null for what stays true.';
grant execute on function api.outbox_claim_doors(text[]) to garita_outbox;
