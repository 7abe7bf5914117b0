create or replace function garita.expire_openings() returns void
language plpgsql volatile
as $$
declare
    v_now timestamptz := clock_timestamp();
begin
    update garita.outbox o
    set state = 'expired', ended_at = v_now,
        answer = case when o.not_after < v_now then 'not sent in time' else 'no longer wanted' end
    where o.id in (
        select e.id from garita.outbox e
        where e.webhook_id is null and e.state = 'queued' and (e.not_after < v_now or e.kind <> 'open' and not garita.is_wanted(e))
        order by e.id for update skip locked);
    -- What is still to be true is tried again; an opening is not, because nobody knows whether the door opened.
    update garita.outbox o
    set state = case when o.kind <> 'open' and garita.is_wanted(o) then 'queued' else 'unknown' end, due_at = v_now,
        ended_at = case when o.kind = 'open' or not garita.is_wanted(o) then v_now end,
        answer = case when garita.is_wanted(o) then 'no answer' else 'no answer, and no longer wanted' end
    where o.id in (
        select e.id from garita.outbox e
        where e.webhook_id is null and e.state = 'sent' and e.due_at <= v_now
        order by e.id for update skip locked);
end
$$;

comment on function garita.expire_openings() is
    'Ends messages to doors whose time is over: never sent becomes expired, sent without an answer becomes unknown, or '
    'is queued again where it is to stay true and still wanted.';
