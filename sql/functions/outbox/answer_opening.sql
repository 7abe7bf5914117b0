create or replace function garita.answer_opening(p_id bigint, p_state text, p_answer text) returns void
language plpgsql volatile
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_message garita.outbox;
begin
    select * into v_message from garita.outbox o where o.id = p_id and o.webhook_id is null for no key update;
    -- Only forwards: what was confirmed stays so, and what was never sent has no answer.
    if not found or v_message.state in ('queued', 'confirmed', 'expired')
        or v_message.state in ('accepted', 'failed') and p_state <> 'confirmed'
    then
        return;
    end if;
    -- It may be tried again, and its opposite need not wait for it any more (garita.is_behind).
    if v_message.kind <> 'open' then
        perform pg_notify('garita_outbox', 'd');
    end if;
    if v_message.kind <> 'open' and p_state in ('failed', 'unknown') and garita.is_wanted(v_message) then
        update garita.outbox o
        set state = 'queued', answer = left(p_answer, 200),
            due_at = v_now + least(60, 2 ^ least(v_message.attempts, 6)) * interval '1 second'
        where o.id = p_id;
        return;
    end if;
    update garita.outbox o
    set state = p_state, answer = left(p_answer, 200),
        accepted_at = case when p_state in ('accepted', 'confirmed') then coalesce(o.accepted_at, v_now) else o.accepted_at end,
        confirmed_at = case when p_state = 'confirmed' then v_now end,
        ended_at = v_now
    where o.id = p_id;
end
$$;

comment on function garita.answer_opening(bigint, text, text) is
    'What a device answered: accepted, confirmed, failed or unknown. What is to stay true is tried again with growing pauses.';
