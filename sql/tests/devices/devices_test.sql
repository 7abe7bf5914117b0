-- Twin of the commands for gate devices and of what a device may ask.
begin;
\ir ../community.psql
select pg_temp.key('tag', 9003), pg_temp.pass('guest', 9001, p_uses => 9) \g /dev/null

set local role garita_owner;
select device_id as device, key_version as version from garita.enrol_device('PINOS', 'MAIN', 'Pad 1', true, false) \gset
reset role;

select throws_ok($$select garita.enrol_device('PINOS', 'NONE', 'Pad 2', true, true)$$, 'GA404', null, 'a gate must exist');
select throws_ok($$select garita.enrol_device('NONE', 'MAIN', 'Pad 2', true, true)$$, 'GA404', null, 'in a site that exists');
select throws_ok($$select garita.enrol_device('PINOS', 'MAIN', 'Pad 1', true, true)$$, '23505', null, 'one name, one device');
select throws_ok($$select garita.enrol_device('PINOS', 'MAIN', 'Pad 2', false, false)$$, '23514', null, 'it is good for something');
select is(:version, 1, 'a new device has key 1');

-- Asks as a device; answers as pg_temp.verdict does, or the state and hint of the refusal to listen.
create function pg_temp.ask(p_device bigint, p_version integer, p_point bigint default 9001, p_way text default 'ENTRY', p_code text default 'tag')
returns text language plpgsql as $$
declare
    v garita.gate_verdict;
    v_hint text;
begin
    v := api.validate_code(null, null, null, p_device, p_version, array[pg_temp.tag(p_code)], 'xx', '{}', null, null, p_point, p_way, null, null, 't', '10.0.0.1');
    return case when v.granted then 'granted' else array_to_string(v.reasons, ', ') end;
exception when others then
    get stacked diagnostics v_hint = pg_exception_hint;
    return sqlstate || ' ' || v_hint;
end
$$;

select is(pg_temp.ask(:device, 1), 'granted', 'at its gate, in its direction');
select results_eq($$select device_id, authorized_by, access_point_id, status from garita.access_logs order by id desc limit 1$$,
    format('values (%L::text, null::bigint, 9001::bigint, ''SUCCESS'')', :device), 'the log names the device, and nobody');
select is(pg_temp.ask(:device, 1, null), 'granted', 'its gate need not be named');
select is((select access_point_id from garita.access_logs order by id desc limit 1), 9001::bigint, 'and is logged');
select is(pg_temp.ask(:device, 1, 9004), 'wrong_gate', 'at another gate it opens nothing');
select results_eq($$select device_id, access_point_id, status, reasons, person_name from garita.access_logs order by id desc limit 1$$,
    format('values (%L::text, 9004::bigint, ''DENIED'', ''{wrong_gate}''::text[], ''Unknown'')', :device), 'which is logged; the code was not looked at');
select is(pg_temp.ask(:device, 1, 9001, 'EXIT'), 'wrong_direction', 'nor in the other direction');
select is(pg_temp.ask(:device, 1, 9004, 'EXIT'), 'wrong_direction, wrong_gate', 'nor both');
select is(pg_temp.ask(:device, 1, 9007), 'unknown_access_point', 'a gate of another community');
select is(pg_temp.ask(:device, 1, 9001, 'ENTRY', 'guest'), 'granted', 'a guest comes in');
select is(pg_temp.uses('guest'), 1, 'for one use');
select is(pg_temp.ask(:device, 1, 9004, 'ENTRY', 'guest'), 'wrong_gate', 'elsewhere');
select is(pg_temp.uses('guest'), 1, 'none is spent');
select is(pg_temp.ask(:device, 1, 9001, 'SIDEWAYS'), 'GA400 access_type', 'there are two directions');

-- Keys: of each version, while it counts.
select is(pg_temp.ask(0, 1), 'GA401 device_unknown', 'a device nobody enrolled');
select is(pg_temp.ask(:device, 2), 'GA401 device_key', 'a key not made yet');
select is(pg_temp.ask(:device, null), 'GA401 device_key', 'no key');
select is(garita.rotate_device(:device), 2, 'the next key');
select is(pg_temp.ask(:device, 2), 'granted', 'counts at once');
select is(pg_temp.ask(:device, 1), 'granted', 'the one before for seven days');
select is(garita.retire_device_keys(), 0, 'there is nothing to retire yet');
update garita.devices set rotated_at = clock_timestamp() - interval '7 days' + interval '10 seconds' where id = :device;
select is(pg_temp.ask(:device, 1), 'granted', 'almost seven days later');
update garita.devices set rotated_at = clock_timestamp() - interval '7 days' where id = :device;
select is(pg_temp.ask(:device, 1), 'GA401 device_key', 'seven days later it is over, timer or not');
select is(garita.retire_device_keys(), 1, 'the timer retires it');
select is((select minimum_key_version from garita.devices where id = :device), 2, 'and writes it down');
select is(garita.retire_device_keys(), 0, 'once');
select is(garita.rotate_device(:device), 3, 'rotated');
select is(garita.rotate_device(:device), 4, 'and again');
select is(pg_temp.ask(:device, 2), 'GA401 device_key', 'only one key back');
select is(pg_temp.ask(:device, 3), 'granted', 'that one');
select lives_ok(format('select garita.revoke_device(%s)', :device), 'revoked');
select is(pg_temp.ask(:device, 4), 'GA401 device_inactive', 'the very next request is refused');
select throws_ok(format('select garita.rotate_device(%s)', :device), 'GA404', null, 'and there is no next key');
select throws_ok('select garita.revoke_device(0)', 'GA404', null, 'nobody to revoke');

select is((select count(*) from garita.audit where table_name = 'devices' and action = 'INSERT' and row_id = :device), 1::bigint, 'enrolment is in the audit');

-- From the administration's pages: as an administrator of the site, who is named in the audit.
select is(pg_temp.outcome(c.id, format(c.call, :device)), c.outcome, c.situation)
from (values
    (1, 'an administrator enrols', 9001, $q$select * from api.enrol_device(9001, 'Pad 9', true, true) -- %s$q$, '1'),
    (2, 'under a name of its own', 9001, $q$select * from api.enrol_device(9001, 'Pad 9', true, true) -- %s$q$, 'GA400 name'),
    (3, 'at a gate of the site', 9001, $q$select * from api.enrol_device(9007, 'Pad 10', true, true) -- %s$q$, 'GA400 access_point'),
    (4, 'a guard enrols none', 9002, $q$select * from api.enrol_device(9001, 'Pad 10', true, true) -- %s$q$, '42501'),
    (5, 'nor a resident', 9003, $q$select * from api.enrol_device(9001, 'Pad 10', true, true) -- %s$q$, '42501'),
    (6, 'another site rotates none', 9006, 'select api.rotate_device(%s)', 'GA404 Device'),
    (7, 'and revokes none', 9006, 'select api.revoke_device(%s)', 'GA404 Device'),
    (8, 'nor does a guard rotate', 9002, 'select api.rotate_device(%s)', '42501'),
    (9, 'or revoke', 9002, 'select api.revoke_device(%s)', '42501'),
    (10, 'a revoked one has no next key', 9001, 'select api.rotate_device(%s)', 'GA404 Device')
) c (number, situation, id, call, outcome) order by c.number;
select id as second from garita.devices where name = 'Pad 9' \gset
select is(pg_temp.answer(9001, format('select api.rotate_device(%s)', :second)), '2', 'the next key of a living one');
select is(pg_temp.ask(:second, 2), 'granted', 'counts');
select is(pg_temp.outcome(9001, format('select api.revoke_device(%s)', :second)), '1', 'it is switched off');
select is(pg_temp.ask(:second, 2), 'GA401 device_inactive', 'and asks no more');
select results_eq(format('select action, user_id from garita.audit where table_name = ''devices'' and row_id = %s order by id', :second),
    $$values ('INSERT', 9001::bigint), ('UPDATE', 9001), ('UPDATE', 9001)$$, 'each step names who took it');

select * from finish();
rollback;
