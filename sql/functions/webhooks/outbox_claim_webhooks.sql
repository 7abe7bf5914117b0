-- A message taken is its taker's for a minute: due_at is when the claim ends. If the taker has died by then, another one
-- sends the message again, and the receiver knows it by its number. `skip locked` keeps takers from waiting for each other.
create or replace function api.outbox_claim_webhooks(p_limit integer)
returns table (
    id bigint, webhook_id bigint, url text, message_id text, body text, secret_sealed bytea, key_version integer,
    previous_sealed bytea, previous_key_version integer)
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    c_at_once constant integer := 4;
    v_now timestamptz := clock_timestamp();
    v_hook record;
    v_taken integer;
begin
    for v_hook in
        select w.id, w.url, w.secret_sealed, w.key_version,
            case when w.previous_until > v_now then w.previous_sealed end as previous_sealed, w.previous_key_version,
            (select count(*) from garita.outbox o
                where o.kind = 'webhook' and o.webhook_id = w.id and o.state = 'sent' and o.due_at > v_now) as under_way
        from garita.webhooks w
        where w.is_active and w.secret_sealed is not null and (w.held_until <= v_now) is not false
            and exists (
                select from garita.outbox o
                where o.kind = 'webhook' and o.webhook_id = w.id and o.state in ('queued', 'sent') and o.due_at <= v_now)
        -- So that no receiver is always the last.
        order by random()
    loop
        exit when p_limit <= 0;
        return query
            with due as (
                select o.id
                from garita.outbox o
                where o.kind = 'webhook' and o.webhook_id = v_hook.id and o.state in ('queued', 'sent')
                    and o.due_at <= v_now
                    and not exists (
                        select from garita.outbox e
                        where e.kind = 'webhook' and e.webhook_id = o.webhook_id and e.subject = o.subject
                            and e.state in ('queued', 'sent') and e.sequence < o.sequence)
                order by o.due_at, o.id
                limit greatest(least(p_limit, c_at_once - v_hook.under_way), 0)
                for update skip locked
            ), taken as (
                update garita.outbox o
                set state = 'sent', attempts = o.attempts + 1, sent_at = v_now, due_at = v_now + interval '60 s',
                    not_after = coalesce(o.not_after, v_now + interval '3 days')
                from due where o.id = due.id
                returning o.id, o.created_at, o.body
            )
            select t.id, v_hook.id, v_hook.url, garita.message_id(t.id, t.created_at), t.body, v_hook.secret_sealed,
                v_hook.key_version, v_hook.previous_sealed, v_hook.previous_key_version
            from taken t order by t.id;
        get diagnostics v_taken = row_count;
        p_limit := p_limit - v_taken;
    end loop;
end
$$;

comment on function api.outbox_claim_webhooks(integer) is
    'Takes messages that are due, at most so many and four at once of a subscription, never one before an earlier message '
    'about the same thing is finished. They must be reported within a minute (api.outbox_report_webhook).';
grant execute on function api.outbox_claim_webhooks(integer) to garita_outbox;
