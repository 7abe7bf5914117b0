-- Twin of opening_outcome, open_door, door_settings, door_troubles, list_door_troubles, note_contact, note_held, next_held and keep_door_event.
begin;
\ir ../community.psql

insert into garita.doors (id, site_id, access_point_id, name, driver, secrets, secret_names, is_active, held_after_seconds)
overriding system value values
    (9001, 9001, 9001, 'Barrier', 'http', '\x01', '{password}', true, 60),
    (9002, 9001, 9001, 'Old barrier', 'http', null, '{}', false, 60),
    (9003, 9002, 9007, 'Elsewhere', 'http', null, '{}', true, 60);

-- Who sees and writes what.
select is(pg_temp.answer(9002, 'select string_agg(name, '', '' order by name) from garita.doors'), 'Barrier, Old barrier', 'a guard sees the doors of the site');
select is(pg_temp.outcome(9003, 'select id from garita.doors'), '42501', 'a resident sees none');
select is(pg_temp.outcome(9002, 'select settings from garita.doors'), '42501', 'a guard sees no settings');
select is(pg_temp.outcome(9001, 'select secrets from garita.doors'), '42501', 'nobody sees secrets');
select is(pg_temp.outcome(9002, 'update garita.doors set name = ''x'' where id = 9001'), '42501', 'a guard changes none');
select is(pg_temp.outcome(9001, 'update garita.doors set name = ''Barrier 1'' where id in (9001, 9003)'), '1', 'an administrator those of the site');
select is(pg_temp.outcome(9001, 'update garita.outbox set state = ''queued'''), '42501', 'nobody writes the outbox');
select is(pg_temp.answer(9001, 'select driver from api.door_settings(9001)'), 'http', 'who changes a door keeps what is not named');
select is(pg_temp.outcome(9001, 'select * from api.door_settings(9003)'), '0', 'of the own site');
select is(pg_temp.outcome(9002, 'select * from api.door_settings(9001)'), '42501', 'a guard does not');

-- By hand.
select is(pg_temp.outcome(9003, 'select api.open_door(9001, ''x'')'), '42501', 'a resident opens none by hand');
select is(pg_temp.outcome(9002, 'select api.open_door(9001, '' '')'), 'GA400 reason', 'a guard says why');
select is(pg_temp.outcome(9002, 'select api.open_door(9002, ''x'')'), 'GA409 inactive', 'a door that is not in use');
select is(pg_temp.outcome(9002, 'select api.open_door(9003, ''x'')'), 'GA404 Door', 'a door of another site');
select is(pg_temp.outcome(9002, 'select api.open_door(9001, ''Ambulance'')'), '1', 'a guard opens by hand');
select is((select o.kind || ' ' || o.state || ' ' || o.user_id || ' ' || o.reason || ' ' || (o.not_after - o.created_at < interval '6 seconds')
    from garita.outbox o where o.door_id = 9001), 'open queued 9002 Ambulance true', 'it is queued, for a few seconds');
select is((select a.user_id || ' ' || (a.changes -> 'reason' ->> 1) from garita.audit a where a.action = 'OPEN' and a.row_id = 9001),
    '9002 Ambulance', 'and audited');
select is(pg_temp.answer(9002, 'select count(*)::text from garita.outbox'), '1', 'a guard sees what became of it');
select is(pg_temp.answer(9006, 'select count(*)::text from garita.outbox'), '0', 'not at another site');
select is((select a.changes ->> 'secrets' from garita.audit a where a.table_name = 'doors' and a.row_id = 9001 and a.action = 'INSERT'),
    '["***", "***"]', 'the audit masks secrets');

-- The contact. Nothing else is due.
delete from garita.outbox where site_id >= 9001;
create function pg_temp.told(p_door bigint default 9001) returns text language sql as $$
    select coalesce(string_agg(e.kind, ' ' order by e.id), '-') from garita.door_events e where e.door_id = p_door
$$;
insert into garita.door_states (door_id, site_id, granted_until) values (9001, 9001, clock_timestamp() + interval '10 seconds');
select garita.note_contact(9001, 'open', clock_timestamp());
select is(pg_temp.told(), 'opened', 'after an opening that was sent');
select garita.note_contact(9001, 'open', clock_timestamp());
select is(pg_temp.told(), 'opened', 'said again it is nothing new');
select garita.note_contact(9001, 'closed', clock_timestamp());
update garita.door_states set granted_until = clock_timestamp() - interval '1 second' where door_id = 9001;
select garita.note_contact(9001, 'open', clock_timestamp());
select is(pg_temp.told(), 'opened closed forced', 'without a grant it is forced');
update garita.doors set has_exit_button = true where id = 9001;
select garita.note_contact(9001, 'closed', clock_timestamp());
select garita.note_contact(9001, 'open', clock_timestamp());
select is(pg_temp.told(), 'opened closed forced closed opened', 'whoever leaves by the button forces nothing');
update garita.doors set has_exit_button = false, driver = 'uhppote' where id = 9001;
select garita.note_contact(9001, 'closed', clock_timestamp());
select garita.note_contact(9001, 'open', clock_timestamp());
select is(pg_temp.told(), 'opened closed forced closed opened closed opened', 'a board knows its own buttons');
update garita.doors set driver = 'http' where id = 9001;
delete from garita.door_events where door_id = 9001 and id > (select min(e.id) + 2 from garita.door_events e where e.door_id = 9001);
select garita.note_event(9001, '{"kind": "forced", "source": "1", "index": 1}');
select is(pg_temp.told(), 'opened closed forced', 'a board that tells it as well tells nothing new');
select ok(garita.next_held() between clock_timestamp() + interval '50 seconds' and clock_timestamp() + interval '61 seconds',
    'it may be open for a minute');
select ok(api.outbox_next_due('{}') between 50000 and 61000, 'the process of the outbox looks again then');
select garita.note_held();
select is(pg_temp.told(), 'opened closed forced', 'until then it is not held');
update garita.door_states set contact_since = clock_timestamp() - interval '2 minutes' where door_id = 9001;
select is(garita.next_held(), null, 'nothing else is to come');
select count(*) from api.outbox_claim_doors('{}');
select is(pg_temp.told(), 'opened closed forced held', 'then it is');
select garita.note_held();
select garita.note_event(9001, '{"kind": "held"}');
select is(pg_temp.told(), 'opened closed forced held', 'once');
select is((select string_agg(t.trouble || ' ' || t.door, ', ') from garita.door_troubles(9001) t), 'door_held Barrier 1', 'people are told while it lasts');
select garita.note_contact(9001, 'closed', clock_timestamp());
select is((select count(*) from garita.door_troubles(9001)), 0::bigint, 'and no longer');
-- A board without a contact of ours tells both by itself.
select garita.note_contact(9001, null, clock_timestamp());
select garita.note_event(9001, '{"kind": "forced", "source": "1", "index": 2, "at": "2036-01-01T00:00:00Z"}');
select garita.note_event(9001, '{"kind": "forced", "source": "1", "index": 3, "at": "2036-01-01T00:01:00Z"}');
select is(pg_temp.told(), 'opened closed forced held closed forced forced', 'each of them once');
update garita.doors set held_after_seconds = 0 where id = 9001;
update garita.door_states set contact = 'open', contact_since = clock_timestamp() - interval '1 day' where door_id = 9001;
select garita.note_held();
select is(garita.next_held(), null, 'nobody watches a door of 0 seconds');
select is(pg_temp.told(), 'opened closed forced held closed forced forced', 'and tells nothing of it');

-- Trouble.
select garita.note_door(9001, '{"trouble": "offline"}');
select pg_temp.answer(9002, 'select api.open_shift(9001, ''{}'')::text');
select is(pg_temp.answer(9002, 'select trouble || '' '' || door || '' '' || detail from api.list_door_troubles()'), 'door Barrier 1 offline', 'who watches the gate is told');
select is(pg_temp.answer(9001, 'select string_agg(trouble || '' '' || device || coalesce('' '' || detail, '''') || coalesce('' '' || refused, ''''), '', '' order by trouble)
    from api.list_gate_troubles(now() - interval ''1 day'') where trouble like ''door%'''), 'door Barrier 1 offline, door_forced Barrier 1 3', 'and the administrator');
select is(pg_temp.answer(9006, 'select count(*)::text from api.list_gate_troubles(now() - interval ''1 day'') where trouble like ''door%'''), '0', 'of the own site');
update garita.doors set is_active = false where id = 9001;
select is((select count(*) from garita.door_troubles(9001)), 0::bigint, 'of what is not in use nobody is told');

-- What the contact says of an opening.
delete from garita.door_events where door_id = 9001;
update garita.door_states set contact = null where door_id = 9001;
select is(garita.opening_outcome(9001, 'confirmed', now() - interval '1 minute'), 'confirmed', 'without a contact nobody saw it move');
select garita.note_contact(9001, 'closed', now() - interval '2 minutes');
select is(garita.opening_outcome(9001, 'confirmed', now() - interval '1 minute'), 'unmoved', 'it stayed closed');
select is(garita.opening_outcome(9001, 'confirmed', clock_timestamp()), 'confirmed', 'it has time to move');
select is(garita.opening_outcome(9001, 'failed', now() - interval '1 minute'), 'failed', 'what was not done is told as such');
select garita.note_contact(9001, 'open', now() - interval '58 seconds');
select is(garita.opening_outcome(9001, 'accepted', now() - interval '1 minute'), 'opened', 'it was seen to open');

select * from finish();
rollback;
