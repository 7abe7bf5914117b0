-- Twin of begin_emergency, end_emergency, stop_waiting, hold_new_door, show_emergency, emergency_doors, list_emergency_doors and
-- emergency_notice, announce_emergency and announce_door_event.
begin;
\ir ../community.psql

insert into garita.doors (id, site_id, access_point_id, name, driver, is_active) overriding system value values
    (9001, 9001, 9001, 'A', 'http', true), (9002, 9001, 9002, 'B', 'command', true), (9003, 9001, 9001, 'C', 'http', false),
    (9004, 9002, 9007, 'Elsewhere', 'http', true);
create function pg_temp.queued(p_kind text) returns text language sql as $$
    select coalesce(string_agg(d.name || ' ' || o.state, ', ' order by d.name, o.id), '-')
    from garita.outbox o join garita.doors d on d.id = o.door_id where o.kind = p_kind
$$;

-- What other systems are told, here written into a table.
create table garita.announced (event text, subject text, ids jsonb, names jsonb);
alter table garita.announced owner to garita_owner;
create or replace function garita.announce(p_site_id bigint, p_event text, p_subject text, p_ids jsonb, p_names jsonb default '{}')
returns void language sql as $$ insert into garita.announced values (p_event, p_subject, p_ids, p_names) $$;
grant execute on function garita.announce(bigint, text, text, jsonb, jsonb) to garita_owner;

select is(pg_temp.outcome(9003, 'select api.begin_emergency('''')'), '42501', 'a resident begins none');
select is(pg_temp.answer(9002, 'select count(*)::text from api.show_emergency()'), '0', 'there is none');
select is(garita.emergency_notice(9001), null, 'and pages say nothing');
select is(pg_temp.answer(9002, 'select api.begin_emergency(''Fire'')'), pg_temp.answer(9001, 'select api.begin_emergency(''Fire, too'')'), 'begun twice it is one');
select is(pg_temp.queued('hold'), 'A queued, B queued', 'every door in use is to stay open');
select is(garita.emergency_notice(9001) - 'since', '{"doors": 2, "open": 0, "opening": ["A", "B"], "others": []}', 'they have a moment for it');
update garita.outbox set state = 'accepted', answer = 'answered 200' where door_id = 9001;
select is(garita.emergency_notice(9001) -> 'opening', '["A", "B"]', 'also one that was only taken');
update garita.emergencies set began_at = began_at - interval '20 seconds';
update garita.outbox set created_at = created_at - interval '16 seconds';
select is(garita.emergency_notice(9001) - 'since', '{"doors": 2, "open": 0, "opening": [], "others": ["A", "B"]}', 'and no more');
select is(pg_temp.answer(9001, 'select begun_by || '': '' || note from api.show_emergency()'), 'Gil Paz: Fire', 'who and why');
select is(pg_temp.answer(9006, 'select count(*)::text from api.show_emergency()'), '0', 'not elsewhere');
select ok(garita.wants_open(9001) and not garita.wants_open(9002), 'what drivers ask');
select is((select a.user_id from garita.audit a where a.table_name = 'emergencies' and a.action = 'INSERT' and a.site_id = 9001), 9002::bigint, 'the audit tells it');

update garita.outbox set state = 'confirmed', answer = '' where door_id = 9001;
update garita.outbox set answer = 'no answer', attempts = 2 where door_id = 9002;
select is(pg_temp.answer(9002, 'select string_agg(name || '' '' || state || '' '' || answer || '' '' || is_confirmed, '', '') from api.list_emergency_doors()'),
    'A confirmed  true, B queued no answer false', 'which doors are open and which are not');
select is(garita.emergency_notice(9001) - 'since', '{"doors": 2, "open": 1, "opening": [], "others": ["B"]}', 'what pages say');
insert into garita.door_states (door_id, site_id, contact) values (9001, 9001, 'closed'), (9002, 9001, 'open');
select is(garita.emergency_notice(9001) - 'since', '{"doors": 2, "open": 1, "opening": [], "others": ["B"]}', 'a contact confirms nothing');
select is(pg_temp.answer(9002, 'select string_agg(contact, '' '') from api.list_emergency_doors()'), 'closed open', 'it is told beside it');
select garita.note_door(9001, '{"trouble": "offline"}');
select is(garita.emergency_notice(9001) - 'since', '{"doors": 2, "open": 0, "opening": [], "others": ["A", "B"]}', 'nor is a door whose device is away known to be open');
select garita.note_door(9001, '{"trouble": ""}');
-- Nothing is forced while all are to be open.
select garita.note_contact(9002, 'closed', clock_timestamp()), garita.note_contact(9002, 'open', clock_timestamp());
select is((select string_agg(e.kind, ' ' order by e.id) from garita.door_events e where e.door_id = 9002), 'closed opened', 'nothing is forced meanwhile');

update garita.doors set is_active = true where id = 9003;
insert into garita.doors (site_id, access_point_id, name, driver) values (9001, 9001, 'D', 'http');
select is(pg_temp.queued('hold'), 'A confirmed, B queued, C queued, D queued', 'a door that comes into use is held, too');

select is(pg_temp.outcome(9003, 'select api.end_emergency()'), '42501', 'a resident ends none');
select is(pg_temp.outcome(9006, 'select api.end_emergency()'), '1', 'whoever ends another one');
select ok(garita.wants_open(9001), 'does not end this one');
select is(pg_temp.outcome(9001, 'select api.end_emergency()'), '1', 'it ends by hand');
select is(pg_temp.queued('hold'), 'A confirmed, B expired, C expired, D expired', 'what was not sent is not sent any more');
select is(pg_temp.queued('release'), 'A queued, B queued, C queued, D queued', 'every door goes back to normal');
select is(pg_temp.answer(9002, 'select bool_or(is_confirmed or is_opening)::text from api.list_emergency_doors()'), 'false', 'none is called open any more');
select is((select e.ended_by from garita.emergencies e where e.site_id = 9001), 9001::bigint, 'it is known who ended it');
select pg_temp.outcome(9001, 'select api.end_emergency()');
select is((select count(*) from garita.outbox where kind = 'release'), 4::bigint, 'ended twice it is once');
select pg_temp.answer(9001, 'select api.begin_emergency('''')::text');
select is(pg_temp.queued('release'), 'A expired, B expired, C expired, D expired', 'a new one stops what the end has asked for');
select is((select count(*) from garita.emergencies where site_id = 9001), 2::bigint, 'and is another one');

select is((select string_agg(a.event || ' ' || (a.subject = 'emergency:' || (a.ids ->> 'emergency_id')), ', ') from garita.announced a),
    'emergency.began true, emergency.ended true, emergency.began true', 'other systems are told');
delete from garita.announced;
select garita.note_event(9001, '{"kind": "forced"}'), garita.note_event(9001, '{"kind": "opened"}'),
    garita.note_door(9001, '{"trouble": "offline"}'), garita.note_door(9001, '{"trouble": ""}');
select is((select string_agg(a.event || ' ' || a.subject || coalesce(' ' || nullif(a.ids ->> 'trouble', ''), '') || ' ' || (a.names ->> 'door'), ', ') from garita.announced a),
    'door.forced door:9001 A, door.trouble door:9001 offline A, door.trouble door:9001 A', 'also of doors');

select * from finish();
rollback;
