-- Twin of claim_terminal_commands, finish_terminal_commands, require_terminal, terminal_doors and what goes by it.
begin;
\ir ../community.psql

insert into garita.doors (id, site_id, access_point_id, name, driver, settings) overriding system value values
    (9001, 9001, 9001, 'Barrier', 'zkteco', '{"serial": "ZK9001", "door": "2", "network": "10.0.0.0/24"}'),
    (9002, 9001, 9001, 'Other', 'zkteco', '{"serial": "ZK9002", "network": "10.0.0.0/24"}');
insert into garita.terminals (site_id, serial, dialect, paired_at) values
    (9001, 'ZK9001', 'security', now()), (9001, 'ZK9002', 'security', now());

create function pg_temp.claim(p_serial text default 'ZK9001', p_token bytea default '\x01') returns text language sql as $$
    select coalesce(string_agg(c.kind || ' ' || c.door_number || ' ' || c.open_seconds, ', '), '-')
    from api.claim_terminal_commands(p_serial, '10.0.0.7', p_token) c
$$;
create function pg_temp.states() returns text language sql as $$
    select string_agg(o.state, ' ' order by o.id) from garita.outbox o where o.door_id in (9001, 9002)
$$;

select is(pg_temp.claim(), '-', 'nothing waits');
select throws_ok($$select pg_temp.claim(p_token => '\x02')$$, 'GA406', null, 'the first token is the only one');
select throws_ok($$select pg_temp.claim(p_token => '')$$, 'GA406', null, 'none is another one');
select garita.queue_door(9001, 'open', null, null, null, 'late') as late \gset
update garita.outbox set not_after = clock_timestamp() - interval '1 millisecond' where id = :late;
select is(pg_temp.claim(), '-', 'what is late is not handed over');
select is(pg_temp.states(), 'expired', 'and says so');
select garita.queue_door(9001, 'open', null, null, null, 'now') as now \gset
select is(pg_temp.claim('ZK9002'), '-', 'another terminal does not get it');
select is(pg_temp.claim(), 'open 2 5', 'its own does');
select is(pg_temp.claim(), '-', 'once');
select api.finish_terminal_commands('ZK9002', '10.0.0.7', '\x01', array[:now], array[0]) \g /dev/null
select is(pg_temp.states(), 'expired sent', 'another terminal does not answer for it');
select api.finish_terminal_commands('ZK9001', '10.0.0.7', '\x01', array[:now], array[0]) \g /dev/null
select is(pg_temp.states(), 'expired accepted', 'its own does');
select api.finish_terminal_commands('ZK9001', '10.0.0.7', '\x01', array[:now], array[-1]) \g /dev/null
select is(pg_temp.states(), 'expired accepted', 'and does not take it back');

-- An emergency that is over.
delete from garita.outbox;
insert into garita.emergencies (site_id, begun_by) values (9001, 9001);
select garita.queue_door(9001, 'hold', null, null, null, '') \g /dev/null
select is(pg_temp.claim(), 'hold 2 5', 'the door is to stay open');
update garita.outbox set due_at = clock_timestamp();
select is(pg_temp.claim(), 'hold 2 5', 'without an answer, again');
update garita.emergencies set ended_at = clock_timestamp();
update garita.outbox set due_at = clock_timestamp();
select is(pg_temp.claim(), '-', 'no longer than it is wanted');
select is(pg_temp.states(), 'unknown', 'and says so');
update garita.outbox set state = 'queued';
select is(pg_temp.claim(), '-', 'nor when it was queued');
select is(pg_temp.states(), 'expired', 'which is over, too');

-- A door of another site that names the same terminal gets nothing and learns nothing.
insert into garita.doors (id, site_id, access_point_id, name, driver, settings) overriding system value values
    (9003, 9002, 9007, 'Elsewhere', 'zkteco', '{"serial": "ZK9001", "door": "2", "network": "0.0.0.0/0"}');
select garita.queue_door(9003, 'open', null, null, null, 'elsewhere') as elsewhere \gset
select is(pg_temp.claim(), '-', 'it does not open it');
select throws_ok($$select api.claim_terminal_commands('ZK9001', '10.9.9.9', '\x01')$$, 'GA406', null, 'nor say from where it calls');
update garita.outbox set state = 'sent' where id = :elsewhere;
select api.finish_terminal_commands('ZK9001', '10.0.0.7', '\x01', array[:elsewhere], array[0]) \g /dev/null
select is(state, 'sent', 'nor is it told what became of it') from garita.outbox where id = :elsewhere;
update garita.door_states set reached_at = null;
select api.note_terminal('ZK9001', '10.0.0.7', '\x01', '{"model": "X"}'),
    api.report_terminal_state('ZK9001', '10.0.0.7', '\x01', null, '[{"door": "2", "contact": "open", "relay": false, "alarms": ["tamper"]}]')
\g /dev/null
select is(contact || ' ' || trouble, 'open tamper', 'its own door knows how it is') from garita.door_states where door_id = 9001;
update garita.terminals set pairing_until = clock_timestamp() + interval '1 minute' where serial = 'ZK9001';
select api.register_terminal('ZK9001', '10.0.0.7', 'r', 's', '{}'), api.connect_terminal('ZK9001', '10.0.0.7', 'security') \g /dev/null
select is_empty('select from garita.door_states where door_id = 9003 union all select from garita.door_events where door_id = 9003',
    'the other one knows nothing');

-- One that is silent while something else is wrong with it, too.
update garita.door_states set trouble = 'tamper', reached_at = clock_timestamp() - interval '1 minute' where door_id = 9001;
select garita.note_silent() \g /dev/null
select is(trouble, 'offline', 'is offline') from garita.door_states where door_id = 9001;
select api.report_terminal_state('ZK9001', '10.0.0.7', '\x01', null, '[{"door": "2", "contact": "open", "relay": false, "alarms": ["tamper"]}]')
\g /dev/null
select is(trouble, 'tamper', 'and tells it again once it is back') from garita.door_states where door_id = 9001;

select * from finish();
rollback;
