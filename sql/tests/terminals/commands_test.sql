-- Twin of claim_terminal_commands, finish_terminal_commands and require_terminal.
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

select * from finish();
rollback;
