create or replace function api.test_webhook(p_webhook_id bigint) returns bigint
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_webhook garita.webhooks := garita.require_webhook(p_webhook_id);
    v_now timestamptz := clock_timestamp();
begin
    if not v_webhook.is_active then
        raise exception using errcode = 'GA409', hint = 'is_active',
            message = 'The webhook is switched off.',
            detail = 'El webhook está apagado.';
    end if;
    insert into garita.outbox (
        site_id, kind, state, created_at, due_at, webhook_id, event, subject, sequence, body)
    values (
        v_webhook.site_id, 'webhook', 'queued', v_now, v_now, p_webhook_id, 'webhook.test',
        'webhook:' || p_webhook_id, 1,
        garita.message_body(
            'webhook.test', v_now, 'webhook:' || p_webhook_id, 1, jsonb_build_object('webhook_id', p_webhook_id)));
    update garita.webhooks w set held_until = null where w.id = p_webhook_id;
    perform pg_notify('garita_outbox', 'w');
    return garita.set_saved_id(p_webhook_id);
end
$$;

comment on function api.test_webhook(bigint) is
    'Sends a message that means nothing, ahead of any rest given to the receiver. GA409 while it is switched off, GA404 for '
    'a subscription of another site.';
grant execute on function api.test_webhook(bigint) to garita_admin;
