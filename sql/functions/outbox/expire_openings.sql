create or replace function garita.expire_openings() returns void
language plpgsql volatile
as $$
declare
    v_now timestamptz := clock_timestamp();
begin
    update garita.outbox o
    set state = 'expired', ended_at = v_now, answer = 'not sent in time'
    where o.id in (
        select e.id from garita.outbox e
        where e.webhook_id is null and e.state = 'queued' and e.not_after < v_now
        order by e.id for update skip locked);
    -- What stays true is tried again; an opening is not, because nobody knows whether the door opened.
    update garita.outbox o
    set state = case o.kind when 'open' then 'unknown' else 'queued' end, due_at = v_now,
        ended_at = case o.kind when 'open' then v_now end, answer = 'no answer'
    where o.id in (
        select e.id from garita.outbox e
        where e.webhook_id is null and e.state = 'sent' and e.due_at <= v_now
        order by e.id for update skip locked);
end
$$;

comment on function garita.expire_openings() is
    'Ends messages to doors whose time is over: never sent becomes expired, sent without an answer becomes unknown.';
