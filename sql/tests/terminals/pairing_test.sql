-- Twin of open_pairing, end_pairing, find_terminal and is_in_network.
begin;
\ir ../community.psql

insert into garita.doors (id, site_id, access_point_id, name, driver, settings) overriding system value values
    (9001, 9001, 9001, 'Barrier', 'zkteco', '{"serial": "ZK9001", "door": "1", "network": "10.0.0.0/24"}'),
    (9002, 9002, 9007, 'Elsewhere', 'zkteco', '{"serial": "ZK9001", "door": "1", "network": "10.0.0.0/24"}'),
    (9003, 9001, 9001, 'Relay', 'http', '{}');

select is(pg_temp.outcome(9002, 'select api.open_pairing(9001)'), '42501', 'a guard lets no terminal in');
select is(pg_temp.outcome(9006, 'select api.open_pairing(9001)'), 'GA404 Door', 'nor an administrator of another site');
select is(pg_temp.outcome(9001, 'select api.open_pairing(9003)'), 'GA404 Door', 'nor is there one at another door');
select throws_ok($$select garita.find_terminal('ZK9001', '10.0.0.7')$$, 'GA406', null, 'nobody waits yet');
select is(pg_temp.outcome(9001, 'select api.open_pairing(9001)'), '1', 'an administrator waits for it');
select is((garita.find_terminal('ZK9001', '10.0.0.7')).site_id, 9001::bigint, 'then it may come');
select throws_ok($$select garita.find_terminal('ZK9001', '10.0.1.7')$$, 'GA406', null, 'not from elsewhere');
select throws_ok($$select garita.find_terminal('ZK9001', 'unix:')$$, 'GA406', null, 'nor from nowhere');
select is(pg_temp.outcome(9006, 'select api.open_pairing(9002)'), 'GA409 terminal_in_use', 'another site cannot take it');
select is(pg_temp.outcome(9002, 'select api.end_pairing(9001)'), '42501', 'nor a guard turn it away');
select is(pg_temp.outcome(9001, 'select token_tag from garita.terminals'), '42501', 'nobody reads what it was told');
select is((select count(*)::integer from garita.devices d where d.door_id = 9001 and d.access_point_id = 9001), 1, 'it asks as a device of the gate');
update garita.doors set is_active = false where id = 9001;
select throws_ok($$select garita.find_terminal('ZK9001', '10.0.0.7')$$, 'GA406', null, 'a door that is put away has no terminal');
select is(pg_temp.outcome(9006, 'select api.open_pairing(9002)'), '1', 'and leaves it to others');
select is((select string_agg(a.action, ' ' order by a.id) from garita.audit a where a.table_name = 'terminals'), 'INSERT UPDATE', 'all is audited');
select is(garita.is_in_network('10.0.0.7', 'nonsense'), false, 'a network that is none holds nobody');

select * from finish();
rollback;
