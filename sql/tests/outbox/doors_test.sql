-- From a decision to what becomes of its opening: twins of open_doors, queue_door, api.outbox_claim_doors,
-- api.outbox_report, api.outbox_next_due, expire_openings, is_wanted, is_behind, answer_opening, note_door, note_event and
-- note_contact.
begin;
\ir ../community.psql

select pg_temp.pass('good', 9001, p_uses => 9), pg_temp.key('card', 9003) \g /dev/null
insert into garita.doors (id, site_id, access_point_id, name, direction, driver, open_within_seconds, opens_itself, is_active)
overriding system value values
    (9001, 9001, 9001, 'Both ways', 'BOTH', 'http', 5, true, true), (9002, 9001, 9001, 'Out', 'EXIT', 'http', 2, true, true),
    (9003, 9001, 9001, 'By hand', 'BOTH', 'http', 5, false, true), (9004, 9001, 9001, 'Broken', 'BOTH', 'http', 5, true, false),
    (9005, 9001, 9001, 'Terminal', 'BOTH', 'zkteco', 5, true, true);
delete from garita.outbox;

create function pg_temp.messages() returns text language sql as $$
    select coalesce(string_agg(o.door_id - 9000 || ' ' || o.state, ', ' order by o.id), '') from garita.outbox o
$$;
create function pg_temp.claim(p_drivers text[] default '{http}') returns text language sql as $$
    select coalesce(string_agg(c.door_id - 9000 || ' ' || c.kind, ', ' order by c.door_id), '') from api.outbox_claim_doors(p_drivers) c
$$;
create function pg_temp.later(p_by interval) returns void language sql as $$
    update garita.outbox set created_at = created_at - p_by, due_at = due_at - p_by, not_after = not_after - p_by, sent_at = sent_at - p_by
$$;

select is(api.outbox_next_due('{http}'), null, 'nothing waits, and nobody has to look again');

-- Which decisions open which doors.
select is(pg_temp.verdict('good'), 'granted', 'the first entry of a visit');
select is(pg_temp.messages(), '1 queued, 5 queued', 'opens what opens by itself for an entry');
select is(o.log_id, (select max(l.id) from garita.access_logs l), 'and knows its row of the log') from garita.outbox o limit 1;
select is(o.not_after - o.created_at, interval '5 seconds', 'for as long as the door says') from garita.outbox o limit 1;
delete from garita.outbox;
select is(pg_temp.verdict('card', p_direction => 'EXIT'), 'granted', 'a plain yes');
select is(pg_temp.messages(), '1 queued, 2 queued, 5 queued', 'opens what is for exits too');
delete from garita.outbox;
select is(pg_temp.verdict('nobody'), 'refused: unknown_code', 'a refusal');
select is(pg_temp.messages(), '', 'opens nothing');
select is(pg_temp.verdict('card', 9004), 'granted', 'a gate without a door');
select is(pg_temp.messages(), '', 'has nothing to open');
select is((select g.doors from garita.gates g where g.site_id = 9001 and g.point_id = 9004), null, 'and pays for nothing');
select is_empty('select * from garita.check_copies()', 'the gates know their doors');

-- Handed over once, in time or not at all.
select is(pg_temp.verdict('card'), 'granted', 'again');
select is(pg_temp.claim(), '1 open', 'a process takes what its drivers reach');
select is(pg_temp.claim(), '', 'once');
select is(pg_temp.messages(), '1 sent, 5 queued', 'it counts as sent before a driver has it');
select ok(granted_until > clock_timestamp(), 'the door may be seen to open') from garita.door_states where door_id = 9001;
select cmp_ok(api.outbox_next_due('{http}'), '<=', 5001::bigint, 'the other one has its time');
update garita.outbox set not_after = clock_timestamp() - interval '1 second' where state = 'sent';
update garita.outbox set not_after = null where state = 'queued';
select cmp_ok(api.outbox_next_due('{http}'), '>=', 10000::bigint, 'the answer of what was sent is waited for, however old it is');
update garita.outbox set not_after = created_at + interval '5 seconds';
select pg_temp.later('6 seconds') \g /dev/null
select is(pg_temp.claim('{zkteco}'), '', 'nobody takes it when its time is over');
select is(pg_temp.messages(), '1 sent, 5 expired', 'and that is said');
select pg_temp.later('10 seconds') \g /dev/null
select is(pg_temp.claim(), '', 'what was sent is never sent again');
select is(pg_temp.messages(), '1 unknown, 5 expired', 'without an answer nobody knows');
select api.outbox_report(jsonb_build_array(jsonb_build_object('command', id, 'state', 'confirmed'))) from garita.outbox \g /dev/null
select is(pg_temp.messages(), '1 confirmed, 5 expired', 'a late answer is better than none; what was not sent has none');

-- What devices answer.
create function pg_temp.answered(p_states text[]) returns text language plpgsql as $$
declare
    v_id bigint := garita.queue_door(9001, 'open', null, 9002, null, 'test');
begin
    perform from api.outbox_claim_doors('{http}');
    perform api.outbox_report((select jsonb_agg(jsonb_build_object('command', v_id, 'state', s)) from unnest(p_states) s));
    return (select state from garita.outbox where id = v_id);
end
$$;
select is(pg_temp.answered('{accepted}'), 'accepted', 'taken');
select is(pg_temp.answered('{accepted,confirmed}'), 'confirmed', 'and seen');
select is(pg_temp.answered('{accepted,failed}'), 'accepted', 'what was taken does not fail');
select is(pg_temp.answered('{confirmed,unknown}'), 'confirmed', 'what was seen stays seen');
select is(pg_temp.answered('{failed,unknown}'), 'failed', 'a failure');
select is(pg_temp.answered('{unknown,accepted}'), 'accepted', 'a late answer');
select is(garita.queue_door(9004, 'open', null, null, null, ''), null, 'a door that is not in use');

-- What stays true is tried until it is done.
delete from garita.outbox;
insert into garita.emergencies (site_id, begun_by) values (9001, 9002);
select garita.queue_door(9001, 'hold', null, 9002, null, '') as hold \gset
select is(pg_temp.claim(), '1 hold', 'hold');
select api.outbox_report(jsonb_build_array(jsonb_build_object('command', :hold, 'state', 'failed', 'answer', 'no'))) \g /dev/null
select is(state || ' ' || (due_at > clock_timestamp() + interval '1 second'), 'queued true', 'again, a little later') from garita.outbox where id = :hold;
select pg_temp.later('1 hour') \g /dev/null
select is(pg_temp.claim(), '1 hold', 'however late');
update garita.emergencies set ended_at = clock_timestamp();
select api.outbox_report(jsonb_build_array(jsonb_build_object('command', :hold, 'state', 'failed'))) \g /dev/null
select is(state, 'failed', 'but no longer than it is wanted') from garita.outbox where id = :hold;

-- Nor is it sent again when no answer came at all.
delete from garita.outbox;
delete from garita.emergencies;
create function pg_temp.begin() returns void language sql as $$
    insert into garita.emergencies (site_id, begun_by) values (9001, 9002)
$$;
create function pg_temp.over() returns void language sql as $$
    update garita.emergencies set ended_at = clock_timestamp() where ended_at is null
$$;
create function pg_temp.kinds() returns text language sql as $$
    select coalesce(string_agg(o.kind || ' ' || o.state, ', ' order by o.id), '') from garita.outbox o
$$;
select pg_temp.begin(), garita.queue_door(9001, 'hold', null, 9002, null, '') \g /dev/null
select is(pg_temp.claim(), '1 hold', 'sent');
select pg_temp.later('16 seconds') \g /dev/null
select is(pg_temp.claim(), '1 hold', 'without an answer, again');
select pg_temp.over(), garita.queue_door(9001, 'release', null, 9002, null, '') \g /dev/null
select is(pg_temp.claim(), '', 'a release does not overtake the hold that is on its way');
select cmp_ok(api.outbox_next_due('{http}'), '>=', 10000::bigint, 'it is looked at when that is over');
select pg_temp.later('16 seconds') \g /dev/null
select is(pg_temp.claim(), '1 release', 'when it is');
select is(pg_temp.kinds(), 'hold unknown, release sent', 'the hold is not wanted any more');
select is(answer, 'no answer, and no longer wanted', 'and says so') from garita.outbox where kind = 'hold';
select pg_temp.begin(), garita.queue_door(9001, 'hold', null, 9002, null, '') \g /dev/null
select is(pg_temp.claim(), '', 'the next hold waits for the release');
select api.outbox_report(jsonb_build_array(jsonb_build_object('command', id, 'state', 'failed')))
from garita.outbox where kind = 'release' \g /dev/null
select is(pg_temp.claim(), '1 hold', 'which has failed');
select is(pg_temp.kinds(), 'hold unknown, release failed, hold sent', 'and is not tried during an emergency');
select api.outbox_report(jsonb_build_array(jsonb_build_object('command', min(id), 'state', 'failed')))
from garita.outbox where kind = 'hold' \g /dev/null
select is(pg_temp.kinds(), 'hold failed, release failed, hold sent', 'a hold of the emergency before is not taken up by this one');

-- What was queued meanwhile is not sent either.
delete from garita.outbox;
select garita.queue_door(9001, 'release', null, 9002, null, '') \g /dev/null
select is(pg_temp.claim(), '', 'no release during an emergency');
select is(pg_temp.kinds(), 'release expired', 'it is over');
select garita.queue_door(9001, 'hold', null, 9002, null, ''), garita.queue_door(9001, 'hold', null, 9002, null, '') \g /dev/null
select is(pg_temp.claim(), '1 hold', 'of several one is enough');
select is(pg_temp.kinds(), 'release expired, hold expired, hold sent', 'the newest');
select pg_temp.over() \g /dev/null
update garita.outbox set state = 'queued' where state = 'sent';
select is(pg_temp.claim(), '', 'no hold after it');
select is(pg_temp.kinds(), 'release expired, hold expired, hold expired', 'it is over, too');
select is(answer, 'no longer wanted', 'and says so') from garita.outbox order by id desc limit 1;

-- What doors tell.
delete from garita.door_events where door_id = 9001;
select api.outbox_report('[{"door": 9001, "reached": true, "answer": "ok", "trouble": "offline", "details": {"a": 1}},
    {"door": 9001, "trouble": "offline", "details": {"b": 2}}, {"door": 9001, "trouble": ""},
    {"door": 9001, "event": {"kind": "button", "source": "7", "index": 3}},
    {"door": 9001, "event": {"kind": "button", "source": "7", "index": 3}},
    {"door": 9999, "event": {"kind": "button"}}, {"memory": "uhppote:7", "value": 3}]') \g /dev/null
select is(string_agg(kind, ', ' order by id), 'trouble, trouble_ended, button', 'events, each once')
from garita.door_events where door_id = 9001;
select is(details || jsonb_build_object('answer', answer, 'trouble', trouble), '{"a": 1, "b": 2, "answer": "ok", "trouble": ""}'::jsonb, 'facts')
from garita.door_states where door_id = 9001;
select is(value, '3'::jsonb, 'what a driver remembers') from api.outbox_memory() where key = 'uhppote:7';
select api.outbox_report('[{"door": 9001, "contact": "open"}, {"door": 9001, "contact": "open"}, {"door": 9001, "contact": "closed"}]') \g /dev/null
select is(contact, 'closed', 'the contact') from garita.door_states where door_id = 9001;

-- A terminal that has not called for a minute.
insert into garita.door_states (door_id, site_id, reached_at) values (9005, 9001, clock_timestamp() - interval '50 seconds');
select pg_temp.claim() \g /dev/null
select is(trouble, '', 'not yet') from garita.door_states where door_id = 9005;
select cmp_ok(api.outbox_next_due('{http}'), '<=', 10001::bigint, 'looked at in time');
update garita.door_states set reached_at = reached_at - interval '10 seconds' where door_id = 9005;
select pg_temp.claim() \g /dev/null
select is(trouble, 'offline', 'then it is offline') from garita.door_states where door_id = 9005;
select is(garita.next_silent(), null, 'which is said once');
update garita.door_states set trouble = 'tamper' where door_id = 9005;
select ok(garita.next_silent() <= clock_timestamp(), 'something else may have been wrong before');
select pg_temp.claim() \g /dev/null
select is(trouble, 'offline', 'it is offline all the same') from garita.door_states where door_id = 9005;

-- After their time.
update garita.outbox set created_at = clock_timestamp() - interval '31 days';
update garita.door_events set recorded_at = clock_timestamp() - interval '401 days' where kind = 'button' and door_id = 9001;
select cmp_ok(garita.purge_outbox(), '>=', 2::bigint, 'messages and events are forgotten');
select is_empty($$select from garita.outbox where door_id = 9001 and state <> 'sent'$$, 'messages');

select * from finish();
rollback;
