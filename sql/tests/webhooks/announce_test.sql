-- Twin of announce, announce_visit and announce_refusal: who is told what, in the transaction of the deed.
begin;
\ir ../community.psql

-- The events that the outbox holds for a subscription, in their order.
create function pg_temp.told(p_webhook bigint) returns text language sql as $$
    select coalesce(string_agg(o.event || ' ' || o.subject || ' ' || o.sequence, ', ' order by o.id), '-')
    from garita.outbox o where o.kind = 'webhook' and o.webhook_id = p_webhook
$$;
create function pg_temp.data(p_webhook bigint) returns jsonb language sql as $$
    select o.body::jsonb -> 'data' from garita.outbox o where o.webhook_id = p_webhook order by o.id desc limit 1
$$;
create function pg_temp.move(p_visit bigint, p_status text) returns void language sql as $$
    update garita.visitors set status = p_status where id = p_visit
$$;

-- A site without subscriptions writes nothing.
select pg_temp.move(9002, 'APPROVED') \g /dev/null
select is((select count(*) from garita.outbox where kind = 'webhook'), 0::bigint, 'nobody is told where nobody asked');
select is((select count(*) from garita.webhook_subjects), 0::bigint, 'and nothing is counted');
select pg_temp.move(9002, 'PENDING') \g /dev/null

insert into garita.webhooks (id, site_id, name, url, events, secrecy, is_active) overriding system value values
    (1, 9001, 'numbers', 'https://example.org/a',
        '{visit.expected,visit.approved,visit.refused,visit.arrived,visit.left,access.refused}', 'IDS', true),
    (2, 9001, 'names', 'https://example.org/b', '{visit.arrived,access.refused}', 'NAMES', true),
    (3, 9001, 'off', 'https://example.org/c', '{visit.arrived}', 'IDS', false),
    (4, 9002, 'elsewhere', 'https://example.org/d', '{visit.expected,visit.arrived,access.refused}', 'NAMES', true);

select pg_temp.move(9002, 'APPROVED'), pg_temp.move(9002, 'CHECKED_IN'), pg_temp.move(9002, 'CHECKED_OUT'), pg_temp.move(9004, 'DENIED') \g /dev/null
update garita.visitors set company = 'none' where id = 9002;
select is(pg_temp.told(1),
    'visit.approved visit:9002 1, visit.arrived visit:9002 2, visit.left visit:9002 3, visit.refused visit:9004 1',
    'each step of a visit is told once, numbered for the visit');
select is(pg_temp.told(2), 'visit.arrived visit:9002 1', 'only the events that were asked for');
select is(pg_temp.told(3), '-', 'nobody whose subscription is off');
select is(pg_temp.told(4), '-', 'no other community');

-- What it says.
select is(pg_temp.data(2) - 'expected_date', jsonb_build_object(
    'subject', 'visit:9002', 'sequence', 1, 'visit_id', 9002, 'status', 'CHECKED_IN', 'visitor_type', 'GUEST', 'unit_id', 9001,
    'resident_id', 9003, 'visitor_name', 'Bea Dos', 'company', '', 'unit', garita.unit_display(9001), 'resident_name', 'Rosa Mar'),
    'names where names may be told');
select is((select jsonb_object_agg(k, true) from jsonb_object_keys(pg_temp.data(1)) k),
    '{"subject": true, "sequence": true, "visit_id": true, "status": true, "visitor_type": true, "expected_date": true, "unit_id": true, "resident_id": true}',
    'numbers only where not');
select is((select count(*) from garita.outbox o where o.webhook_id in (1, 2) and o.body ~ '(V-[0-9]|DOC-|55123)'), 0::bigint,
    'neither documents nor phones');
select ok((select bool_and(o.body::jsonb ->> 'type' = o.event and o.body::jsonb ->> 'timestamp' ~ '^\d{4}-\d\d-\d\dT[\d:.]{15}Z$'
    and octet_length(o.body) < 20000) from garita.outbox o where o.kind = 'webhook'), 'type and time as Standard Webhooks has them');

-- A registration, by the role that registers.
select pg_temp.answer(9003, $$insert into garita.visitors (first_name, last_name, unit_id, expected_date)
    values ('Gus', 'Siete', 9001, current_date) returning garita.set_saved_id(id)$$);
select ok(pg_temp.told(1) like '%visit.expected visit:' || max(id) || ' 1, visit.approved visit:' || max(id) || ' 2',
    'a resident''s own guest is expected and approved') from garita.visitors;

-- A refusal, and the block list.
select pg_temp.pass('TOLD', 9003) \g /dev/null
select is(pg_temp.verdict('TOLD'), 'refused: visit_denied', 'TOLD is refused');
select is(pg_temp.data(1) - 'log_id' - 'method', jsonb_build_object(
    'subject', 'log:' || max(l.id), 'sequence', 1, 'access_point_id', 9001, 'direction', 'ENTRY', 'reasons', array['visit_denied'],
    'blocklisted', false, 'visit_id', 9003, 'unit_id', 9001, 'resident_id', null), 'who was refused, where and why')
from garita.access_logs l where l.site_id = 9001;
select is(pg_temp.data(2) ->> 'person_name', 'Cid Tres', 'with the name where it may be told');
select is(pg_temp.data(2) ->> 'access_point', 'Main', 'and that of the gate');
insert into garita.blocklist (site_id, kind, value, reason) values (9001, 'name', 'Eva Cinco', 'x');
select pg_temp.pass('BLOCKED', 9005) \g /dev/null
select is(pg_temp.verdict('BLOCKED') ~ 'blocklisted', true, 'BLOCKED is refused');
select is(pg_temp.data(1) ->> 'blocklisted', 'true', 'a hit of the block list is marked');

-- An erasure takes along what was told of the visit.
grant garita_owner to current_user;
set local role garita_owner;
select garita.erase_visits(array[9002]) \g /dev/null
reset role;
select is((select count(*) from garita.outbox where subject = 'visit:9002'), 0::bigint, 'nothing that was told is kept');

-- What is rolled back is not told.
savepoint before_deed;
select pg_temp.move(9001, 'CHECKED_IN') \g /dev/null
select is(pg_temp.data(1) ->> 'subject', 'visit:9001', 'told in the transaction');
rollback to before_deed;
select isnt(pg_temp.data(1) ->> 'subject', 'visit:9001', 'and gone with it');

select * from finish();
rollback;
