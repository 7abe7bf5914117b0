create or replace function api.outbox_webhook_wait() returns bigint
language sql volatile security definer
set search_path = garita, pg_temp
as $$
    select ceil(extract(epoch from min(greatest(o.due_at, w.held_until)) - clock_timestamp()) * 1000)::bigint
    from garita.webhooks w join garita.outbox o on o.webhook_id = w.id
    where w.is_active and w.secret_sealed is not null and o.kind = 'webhook' and o.state in ('queued', 'sent')
        and not exists (
            select from garita.outbox e
            where e.kind = 'webhook' and e.webhook_id = o.webhook_id and e.subject = o.subject
                and e.state in ('queued', 'sent') and e.sequence < o.sequence)
$$;

comment on function api.outbox_webhook_wait() is
    'Milliseconds until the next message is due, less than nothing when one is; null when all are finished.';
grant execute on function api.outbox_webhook_wait() to garita_outbox;
