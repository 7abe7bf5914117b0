create or replace function garita.stop_waiting(p_site_id bigint, p_kind text, p_answer text) returns void
language sql volatile
as $$
    update garita.outbox o
    set state = 'expired', ended_at = clock_timestamp(), answer = p_answer
    where o.id in (
        select w.id from garita.outbox w
        where w.webhook_id is null and w.state = 'queued' and w.site_id = p_site_id and w.kind = p_kind
        order by w.id for update)
$$;

comment on function garita.stop_waiting(bigint, text, text) is
    'Messages of a kind to the doors of a site that have not been sent are not sent any more. What is '
    'on its way is not sent again (garita.is_wanted).';
