create or replace function api.replay_webhook(
    p_webhook_id bigint, p_message bigint, p_from timestamptz, p_until timestamptz, p_only_failed boolean)
returns integer
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_webhook garita.webhooks := garita.require_webhook(p_webhook_id);
    v_replayed integer;
begin
    if not v_webhook.is_active then
        raise exception using errcode = 'GA409', hint = 'is_active',
            message = 'The webhook is switched off.',
            detail = 'El webhook está apagado.';
    end if;
    update garita.outbox o
    set state = 'queued', due_at = clock_timestamp(), not_after = null, attempts = 0, ended_at = null,
        confirmed_at = null, answer = ''
    where o.kind = 'webhook' and o.webhook_id = p_webhook_id and o.state in ('confirmed', 'failed')
        and (o.state = 'failed' or not p_only_failed)
        and (p_message is null or o.id = p_message)
        and (p_from is null or o.created_at >= p_from) and (p_until is null or o.created_at < p_until);
    get diagnostics v_replayed = row_count;
    if v_replayed = 0 and p_message is not null then
        raise exception using errcode = 'GA409', hint = 'message',
            message = 'There is no such message, or it is still being delivered.',
            detail = 'No existe ese mensaje, o todavía se está entregando.';
    end if;
    update garita.webhooks w set held_until = null where w.id = p_webhook_id and v_replayed > 0;
    perform pg_notify('garita_outbox', 'w');
    return v_replayed;
end
$$;

comment on function api.replay_webhook(bigint, bigint, timestamptz, timestamptz, boolean) is
    'Queues finished messages of a subscription once more, with their numbers and bodies as they were: one, or those '
    'written from a moment on until another one; p_only_failed: none that was delivered. Returns how many. GA409 while '
    'it is switched off and for a message that is not finished, GA404 for a subscription of another site.';
grant execute on function api.replay_webhook(bigint, bigint, timestamptz, timestamptz, boolean) to garita_admin;
