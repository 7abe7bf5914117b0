-- The subscription is locked first: two that report on it at once would wait for each other otherwise.
create or replace function api.outbox_report_webhook(
    p_id bigint, p_status integer, p_error text, p_milliseconds bigint, p_retry_after bigint, p_answer text)
returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_message garita.outbox;
    v_asked interval := make_interval(secs => least(greatest(p_retry_after, 0), 86400));
    v_pause interval;
begin
    perform from garita.webhooks w
    where w.id = (select o.webhook_id from garita.outbox o where o.id = p_id and o.kind = 'webhook')
    for no key update;
    select o.* into v_message from garita.outbox o where o.id = p_id and o.kind = 'webhook' for update;
    if v_message.id is null or not found then
        return;
    end if;
    insert into garita.deliveries (
        site_id, webhook_id, outbox_id, attempt, at, status, error, milliseconds, answer)
    values (
        v_message.site_id, v_message.webhook_id, p_id, v_message.attempts, v_message.sent_at, p_status,
        left(p_error, 200), least(p_milliseconds, 2147483647), p_answer);
    -- Another one has finished it meanwhile.
    if v_message.state <> 'sent' then
        return;
    end if;

    v_pause := greatest(garita.webhook_pause(v_message.attempts), v_asked);
    if p_status between 200 and 299 then
        update garita.outbox o
        set state = 'confirmed', confirmed_at = v_now, ended_at = v_now, answer = p_status::text
        where o.id = p_id;
        return;
    elsif p_status = 410 then
        perform garita.stop_webhook(v_message.webhook_id, 'gone');
    elsif v_now >= v_message.not_after then
        update garita.outbox o
        set state = 'failed', ended_at = v_now, answer = coalesce(p_status::text, left(p_error, 200))
        where o.id = p_id;
        -- One message that a receiver cannot digest is no reason to keep the others from it.
        if not exists (
            select from garita.deliveries d
            where d.webhook_id = v_message.webhook_id and d.at > v_message.not_after - interval '3 days'
                and d.status between 200 and 299)
        then
            perform garita.stop_webhook(v_message.webhook_id, 'unreachable');
        end if;
    else
        update garita.outbox o
        set state = 'queued', due_at = least(v_now + v_pause, v_message.not_after),
            answer = coalesce(p_status::text, left(p_error, 200))
        where o.id = p_id;
    end if;
    -- Who is away or overloaded gets a rest: not every waiting message tries in vain.
    if p_status is null or p_status in (429, 502, 503, 504) then
        update garita.webhooks w
        set held_until = v_now + greatest(least(v_pause, interval '5 min'), v_asked)
        where w.id = v_message.webhook_id;
    end if;
end
$$;

comment on function api.outbox_report_webhook(bigint, integer, text, bigint, bigint, text) is
    'What came of an attempt: the status of the answer, or null and why there was none; for how many seconds the receiver '
    'wants a rest; how the answer began. 2xx is success; 410 stops the subscription; anything else is tried again for '
    'three days.';
grant execute on function api.outbox_report_webhook(bigint, integer, text, bigint, bigint, text) to garita_outbox;
