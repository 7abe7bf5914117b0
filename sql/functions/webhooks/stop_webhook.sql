create or replace function garita.stop_webhook(p_webhook_id bigint, p_reason text) returns void
language plpgsql volatile
as $$
begin
    update garita.webhooks w
    set is_active = false, stopped_at = clock_timestamp(), stopped_reason = p_reason, held_until = null
    where w.id = p_webhook_id and w.is_active;
    update garita.outbox o set state = 'failed', ended_at = clock_timestamp(), answer = p_reason
    where o.kind = 'webhook' and o.webhook_id = p_webhook_id and o.state in ('queued', 'sent');
end
$$;

comment on function garita.stop_webhook(bigint, text) is
    'Switches a subscription off because the receiver is gone or unreachable; what waits has failed, and can be replayed.';
