-- In the transaction of the deed: what is committed is told, what is rolled back is not. Whoever calls it acts as the owner.
-- A site without a subscription to the event pays one look into an index that is empty.
create or replace function garita.announce(
    p_site_id bigint, p_event text, p_subject text, p_ids jsonb, p_names jsonb default '{}')
returns void
language plpgsql volatile
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_hook record;
    v_sequence bigint;
    v_is_any boolean := false;
begin
    for v_hook in
        select w.id, w.secrecy from garita.webhooks w
        where w.site_id = p_site_id and w.is_active and p_event = any (w.events)
        order by w.id
    loop
        v_sequence := 1;
        -- An entry of the log is told once: a row for each would only be in the way.
        if p_subject not like 'log:%' then
            -- The lock is held until the deed is committed, so messages about one thing appear in the order of their
            -- numbers.
            insert into garita.webhook_subjects as s (webhook_id, subject, site_id, sequence)
            values (v_hook.id, p_subject, p_site_id, 1)
            on conflict (webhook_id, subject) do update set sequence = s.sequence + 1, used_at = v_now
            returning s.sequence into v_sequence;
        end if;
        insert into garita.outbox (
            site_id, kind, state, created_at, due_at, webhook_id, event, subject, sequence, body)
        values (
            p_site_id, 'webhook', 'queued', v_now, v_now, v_hook.id, p_event, p_subject, v_sequence,
            garita.message_body(
                p_event, v_now, p_subject, v_sequence,
                p_ids || case when v_hook.secrecy = 'NAMES' then p_names else '{}' end));
        v_is_any := true;
    end loop;
    if v_is_any then
        perform pg_notify('garita_outbox', 'w');
    end if;
end
$$;

comment on function garita.announce(bigint, text, text, jsonb, jsonb) is
    'Writes one message for each active subscription of the site to the event (visit.arrived). p_subject: what it is about '
    '(visit:7, door:3): messages of one subject are delivered in order; log:9 for what happens once. p_ids: told to '
    'every subscription; p_names: only where names may be told. Neither may hold codes, documents or phones.';
