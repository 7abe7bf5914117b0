-- Twin of outbox_claim_webhooks, outbox_report_webhook, outbox_webhook_wait and what administrators do with messages: order, claims, pauses, ends.
begin;
\ir ../community.psql

insert into garita.webhooks (id, site_id, name, url, events, secret_sealed) overriding system value values
    (1, 9001, 'one', 'https://example.org/a', '{visit.arrived,visit.left}', '\x01'),
    (2, 9001, 'two', 'https://example.org/b', '{door.trouble}', '\x02'),
    (3, 9001, 'unborn', 'https://example.org/c', '{door.forced}', null);

create function pg_temp.tell(p_event text, p_subject text) returns void language sql as $$
    select garita.announce(9001, p_event, p_subject, '{}')
$$;
-- What a process gets that asks for messages: subject and number, in their order.
create function pg_temp.claim(p_limit integer default 100) returns text language plpgsql as $$
declare
    v_claimed text;
begin
    set local role garita_outbox;
    select coalesce(string_agg(c.body::jsonb -> 'data' ->> 'subject' || ' ' || (c.body::jsonb -> 'data' ->> 'sequence'), ', ' order by c.id), '-')
    into v_claimed from api.outbox_claim_webhooks(p_limit) c;
    reset role;
    return v_claimed;
end
$$;
create function pg_temp.message(p_subject text, p_sequence bigint default 1) returns garita.outbox language sql as $$
    select o from garita.outbox o where o.subject = p_subject and o.sequence = p_sequence and o.webhook_id < 9
$$;
-- What an answer makes of a message: its state, and in how many seconds it is tried again.
create function pg_temp.report(p_subject text, p_status integer, p_retry_after bigint default null, p_sequence bigint default 1)
returns text language plpgsql as $$
declare
    v_id bigint := (pg_temp.message(p_subject, p_sequence)).id;
begin
    set local role garita_outbox;
    perform api.outbox_report_webhook(v_id, p_status, 'x', 12, p_retry_after, 'thanks');
    reset role;
    return (pg_temp.message(p_subject, p_sequence)).state;
end
$$;
create function pg_temp.pause(p_subject text, p_sequence bigint default 1) returns double precision language sql as $$
    select extract(epoch from (pg_temp.message(p_subject, p_sequence)).due_at - clock_timestamp())::double precision
$$;
create function pg_temp.make_due() returns void language sql as $$
    update garita.outbox o set due_at = clock_timestamp() - interval '1 s' where o.webhook_id < 9;
    update garita.webhooks w set held_until = null where w.id < 9
$$;

-- Order: of one subject one at a time, of others at once.
select pg_temp.tell('visit.arrived', 'visit:1'), pg_temp.tell('visit.left', 'visit:1'), pg_temp.tell('visit.arrived', 'visit:2') \g /dev/null
select is(pg_temp.claim(), 'visit:1 1, visit:2 1', 'the first of each subject');
select is(pg_temp.claim(), '-', 'what is taken nobody else gets, nor what must wait for it');
select is(pg_temp.report('visit:2', 204), 'confirmed', '2xx is success');
select is(pg_temp.report('visit:1', 500), 'queued', 'anything else is tried again');
select ok(pg_temp.pause('visit:1') between 2 and 7, 'soon at first');
select is(pg_temp.claim(), '-', 'the second still waits');
select pg_temp.make_due() \g /dev/null
select is(pg_temp.claim(), 'visit:1 1', 'the same one again');
select is(pg_temp.report('visit:1', 200), 'confirmed', 'delivered');
select is(pg_temp.claim(), 'visit:1 2', 'then the next');
select is((select array_agg(d.attempt || ':' || d.status order by d.id) from garita.deliveries d where d.outbox_id = (pg_temp.message('visit:1')).id),
    array['1:500', '2:200'], 'each attempt is written down');

-- A process that died: its claim ends.
select ok(pg_temp.pause('visit:1', 2) between 50 and 61, 'a claim lasts a minute');
select pg_temp.make_due() \g /dev/null
select is(pg_temp.claim(), 'visit:1 2', 'then another one sends it');
select is(pg_temp.report('visit:1', 200, null, 2), 'confirmed', 'and it is done');
select is(pg_temp.report('visit:1', 500, null, 2), 'confirmed', 'what the first one tells later changes nothing');

-- Pauses grow; a fifth more or less.
select results_eq('select extract(epoch from garita.webhook_pause(n)) / p between 0.79 and 1.21
    from (values (1, 5), (2, 300), (3, 1800), (4, 7200), (5, 18000), (6, 36000), (7, 50400), (8, 72000), (9, 86400), (30, 86400)) t (n, p)',
    'select true from generate_series(1, 10)', 'from seconds to a day');
select ok((select count(distinct garita.webhook_pause(2)) from generate_series(1, 20)) > 10, 'not all at the same moment');

-- A limit for each receiver and for who asks.
select pg_temp.tell('visit.arrived', 'visit:' || n) from generate_series(10, 19) n \g /dev/null
select is(pg_temp.claim(3), 'visit:10 1, visit:11 1, visit:12 1', 'no more than asked for');
select is(pg_temp.claim(), 'visit:13 1', 'no more than four at once');
select pg_temp.tell('door.trouble', 'door:1') \g /dev/null
select is(pg_temp.claim(), 'door:1 1', 'another receiver does not wait for that');
select is(pg_temp.report('door:1', 200), 'confirmed', 'and is served');

-- A rest for who is away or overloaded.
select is(pg_temp.report('visit:10', 429, 90), 'queued', 'too many requests');
select ok(pg_temp.pause('visit:10') between 89 and 91, 'Retry-After is respected');
select is(pg_temp.report('visit:11', 200), 'confirmed', 'what was under way goes on');
select is(pg_temp.claim(), '-', 'but nothing new is tried');
select ok((select api.outbox_webhook_wait() between 85000 and 90500), 'and the process sleeps as long');
update garita.webhooks set held_until = null where id = 1;
select is(pg_temp.claim(), 'visit:14 1, visit:15 1', 'afterwards it goes on');
select is(pg_temp.report('visit:12', null), 'queued', 'no answer at all');
select is(pg_temp.claim(), '-', 'is a rest, too');
select pg_temp.report('visit:13', 400) \g /dev/null
update garita.webhooks set held_until = null where id = 1;
select pg_temp.report('visit:14', 302) \g /dev/null
select is((pg_temp.message('visit:14')).state, 'queued', 'a redirection is a failure');
select is(pg_temp.claim(), 'visit:16 1, visit:17 1, visit:18 1', 'but no reason to rest');

-- After three days one message has failed; the others go on as long as anything is delivered.
update garita.outbox set not_after = clock_timestamp() - interval '1 s' where id = (pg_temp.message('visit:16')).id;
select is(pg_temp.report('visit:17', 200), 'confirmed', 'this one is taken');
select is(pg_temp.report('visit:16', 400), 'failed', 'this one never');
select is((select is_active from garita.webhooks where id = 1), true, 'which stops nothing');
update garita.outbox set not_after = clock_timestamp() - interval '1 s' where id = (pg_temp.message('visit:18')).id;
update garita.deliveries set at = at - interval '4 days';
select is(pg_temp.report('visit:18', null), 'failed', 'nothing was delivered for three days');
select is((select is_active || ' ' || stopped_reason from garita.webhooks where id = 1), 'false unreachable', 'stopped, with the reason');
select is((select count(*) from garita.outbox where webhook_id = 1 and state in ('queued', 'sent')), 0::bigint, 'nothing waits any more');
select is(pg_temp.claim(), '-', 'nothing is sent');
select is((select a.changes -> 'is_active' from garita.audit a where a.table_name = 'webhooks' and a.row_id = 1 order by a.id desc limit 1),
    '[true, false]', 'and the audit tells it');

-- What administrators do.
select is(pg_temp.outcome(9001, 'select api.replay_webhook(1, null, null, null, true)'), 'GA409 is_active', 'nothing is replayed while it is off');
select is(pg_temp.outcome(9001, 'select api.test_webhook(1)'), 'GA409 is_active', 'nor tested');
select is(pg_temp.outcome(9001, 'update garita.webhooks set is_active = true where id = 1'), '1', 'switched on again');
select is((select stopped_reason from garita.webhooks where id = 1), '', 'with a clean slate');
select is(pg_temp.answer(9001, 'select api.replay_webhook(1, null, null, null, true)'), '8', 'all that failed is queued again');
select is((pg_temp.message('visit:18')).attempts, 0, 'with new attempts');
select is(pg_temp.outcome(9001, format('select api.replay_webhook(1, %s, null, null, false)', (pg_temp.message('visit:18')).id)),
    'GA409 message', 'none that is under way');
select is(pg_temp.answer(9001, format('select api.replay_webhook(1, %s, null, null, false)', (pg_temp.message('visit:17')).id)), '1',
    'one that was delivered, if somebody wants it');
select is(pg_temp.outcome(9001, 'select api.test_webhook(1)'), '1', 'a test');
select is(pg_temp.outcome(9006, 'select api.test_webhook(1)'), 'GA404 Webhook', 'not by another community');
select is(pg_temp.outcome(9002, 'select api.test_webhook(1)'), '42501', 'nor by a guard');
select is(pg_temp.outcome(9001, 'select secret_sealed from garita.webhooks'), '42501', 'nobody reads a secret');
select is(pg_temp.outcome(9002, 'select id from garita.webhooks'), '42501', 'a guard not even the subscription');
select is(pg_temp.outcome(9006, 'select id from garita.webhooks'), '0', 'and another community none');
select is(pg_temp.outcome(9006, 'select id from garita.outbox'), '0', 'no message either');
select is(pg_temp.outcome(9001, $$select api.rotate_webhook(1, '\x0b', 1)$$), '1', 'a new secret');
select is((select w.secret_sealed::text || w.previous_sealed::text from garita.webhooks w where w.id = 1), '\x0b\x01', 'the old one stays');
select ok((select w.previous_until - clock_timestamp() between interval '23 h' and interval '24 h' from garita.webhooks w where w.id = 1), 'for a day');
select ok(not exists (select from garita.audit a where a.table_name = 'webhooks' and a.changes::text ~ 'x0b'), 'the audit masks both');
select is(pg_temp.outcome(9001, 'select api.retire_webhook_secret(1)'), '1', 'or less');
select is((select w.previous_sealed from garita.webhooks w where w.id = 1), null, 'then it is gone');

-- What is old goes; what waits does not.
update garita.outbox set ended_at = ended_at - interval '31 days' where webhook_id = 2;
select ok(garita.purge_webhooks() >= 1, 'after thirty days');
select is((pg_temp.message('door:1')).id, null, 'the message is gone');
select isnt((pg_temp.message('visit:18')).id, null, 'what waits stays');
select is(pg_temp.outcome(9001, 'delete from garita.webhooks where id = 1'), '1', 'a subscription that is deleted');
select is((select count(*) from garita.outbox where webhook_id = 1), 0::bigint, 'takes its messages along');

select * from finish();
rollback;
