-- As api.outbox_claim_doors: what is claimed counts as sent before the terminal has it.
create or replace function api.claim_terminal_commands(p_serial text, p_address text, p_token_tag bytea)
returns table (id bigint, kind text, door_number text, open_seconds integer)
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_terminal garita.terminals := garita.require_terminal(p_serial, p_address, p_token_tag);
    v_doors bigint[] := array(select (d.door).id from garita.terminal_doors(p_serial) d);
    v_now timestamptz;
begin
    perform garita.expire_openings();
    v_now := clock_timestamp();
    if v_terminal.dialect = 'attendance' then
        update garita.outbox o
        set state = 'failed', ended_at = v_now, answer = 'a terminal of the attendance dialect opens no door'
        where o.door_id = any (v_doors) and o.webhook_id is null and o.state = 'queued';
        return;
    end if;
    return query
    with claimed as (
        update garita.outbox o
        set state = 'sent', sent_at = v_now, attempts = o.attempts + 1, due_at = v_now + interval '30 seconds'
        where o.id in (
            select q.id from garita.outbox q
            where q.door_id = any (v_doors) and q.webhook_id is null and q.state = 'queued' and q.due_at <= v_now
                and (q.not_after is null or q.not_after > v_now)
                -- The terminal is handed one after the other, so that a hold need not wait for the answer to a release.
                and (q.kind = 'open' or garita.is_wanted(q))
            order by q.id
            for update of q skip locked
            limit 16)
        returning o.id, o.kind, o.door_id, o.site_id),
    expected as (
        insert into garita.door_states as s (door_id, site_id, granted_until)
        select distinct on (c.door_id) c.door_id, c.site_id, v_now + ((d.door).open_seconds + 10) * interval '1 second'
        from claimed c join garita.terminal_doors(p_serial) d on (d.door).id = c.door_id where c.kind = 'open'
        on conflict on constraint door_states_pkey do update
        set granted_until = greatest(s.granted_until, excluded.granted_until))
    select c.id, c.kind, d.number, (d.door).open_seconds
    from claimed c join garita.terminal_doors(p_serial) d on (d.door).id = c.door_id
    order by c.id;
end
$$;

comment on function api.claim_terminal_commands(text, text, bytea) is
    'Takes what waits for the doors of a terminal: it counts as sent from now on. What came too late '
    'or is no longer wanted is never handed over. '
    'GA406 as garita.require_terminal.';
grant execute on function api.claim_terminal_commands(text, text, bytea) to garita_device;
