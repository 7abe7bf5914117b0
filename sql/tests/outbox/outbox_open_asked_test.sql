-- Twin of api.outbox_open_asked.
begin;
\ir ../community.psql

set local role garita_owner;
select device_id as device from garita.enrol_device('PINOS', 'MAIN', 'Casa', true, false) \gset
select device_id as other from garita.enrol_device('PINOS', 'IN', 'Otra', true, false) \gset
reset role;
insert into garita.doors (id, site_id, access_point_id, name, driver, settings) overriding system value values
    (9001, 9001, 9001, 'Pluma', 'mqtt', '{"allows_asks": "yes", "device": "Casa"}'),
    (9002, 9001, 9001, 'Muda', 'mqtt', '{"device": "Casa"}'),
    (9003, 9001, 9001, 'De otra', 'mqtt', '{"allows_asks": "yes", "device": "Otra"}'),
    (9004, 9001, 9001, 'De nadie', 'mqtt', '{"allows_asks": "yes", "device": "Nadie"}'),
    (9005, 9001, 9003, 'Cerrada', 'mqtt', '{"allows_asks": "yes", "device": "Casa"}'),
    (9006, 9001, 9001, 'Salida', 'mqtt', '{"allows_asks": "yes", "device": "Casa"}'),
    (9007, 9001, 9001, 'Por HTTP', 'http', '{"allows_asks": "yes", "device": "Casa"}');
update garita.doors set direction = 'EXIT' where id = 9006;

create function pg_temp.ask(p_door bigint, p_request text, p_is_stale boolean default false) returns text
language plpgsql as $$
declare
    v_answer text;
begin
    set local role garita_outbox;
    v_answer := api.outbox_open_asked(p_door, p_request, p_is_stale);
    reset role;
    return v_answer;
end
$$;
create function pg_temp.logged() returns text language sql as $$
    select status || ' ' || access_type || ' ' || access_method || ' ' || array_to_string(reasons, ',') || ' ' || device_id
    from garita.access_logs order by id desc limit 1
$$;
create function pg_temp.openings() returns bigint language sql as $$
    select count(*) from garita.outbox o where o.door_id >= 9001
$$;

select is(pg_temp.ask(9001, 'a'), 'queued', 'the device of the gate may');
select is(pg_temp.logged(), format('SUCCESS ENTRY OTHER  %s', :device), 'which is logged as every other entry');
select results_eq($$select door_id, kind, device_id from garita.outbox order by id desc limit 1$$,
    format('values (9001::bigint, ''open'', %s::bigint)', :device), 'and opens that door');
select is(pg_temp.ask(9001, 'a'), 'repeated', 'one press');
select is(pg_temp.openings(), 1::bigint, 'opens once');
select is(pg_temp.ask(9001, 'b'), 'queued', 'the next one is another');
select is(pg_temp.ask(9001, ''), 'repeated', 'without a name, it must not follow another at once');
update garita.outbox set created_at = created_at - interval '4 seconds';
select is(pg_temp.ask(9001, ''), 'queued', 'but later');
select is(pg_temp.openings(), 3::bigint, 'three in all');

select is(pg_temp.ask(9001, 'c', true), 'refused', 'an old press');
select is(pg_temp.logged(), format('DENIED ENTRY OTHER expired %s', :device), 'is logged');
select is(pg_temp.ask(9001, 'c'), 'repeated', 'and decided');
select is(pg_temp.ask(9001, 'd', null), 'refused', 'of unknown age');
select is(pg_temp.ask(9002, 'a'), 'refused', 'a door that does not allow it');
select is(pg_temp.logged(), format('DENIED ENTRY OTHER method_not_supported %s', :device), 'says so in the log');
select is(pg_temp.ask(9003, 'a'), 'refused', 'a device of another gate');
select is(pg_temp.logged(), format('DENIED ENTRY OTHER wrong_gate %s', :other), 'likewise');
select is(pg_temp.ask(9004, 'a'), 'refused', 'no device');
select is(pg_temp.logged(), 'DENIED ENTRY OTHER person_not_authorized ', 'is nobody');
select is(pg_temp.ask(9006, 'a'), 'refused', 'a device for entries');
select is(pg_temp.logged(), format('DENIED EXIT OTHER wrong_direction %s', :device), 'opens no exit');
select is(pg_temp.ask(9005, 'a'), 'refused', 'a gate out of service');
select is(pg_temp.logged(), format('DENIED ENTRY OTHER gate_inactive,wrong_gate %s', :device), 'with all reasons');
select is(pg_temp.ask(9007, 'a'), 'refused', 'a door of another driver');
select is(pg_temp.ask(0, 'a'), 'refused', 'no door');
select is(pg_temp.openings(), 3::bigint, 'and none of these opens anything');

update garita.devices set is_active = false, revoked_at = clock_timestamp() where id = :device;
select is(pg_temp.ask(9001, 'e'), 'refused', 'a revoked device');
update garita.devices set is_active = true, revoked_at = null where id = :device;

-- Ten in a minute.
select count(pg_temp.ask(9001, 'many ' || n)) from generate_series(1, 20) n \g /dev/null
select is(pg_temp.ask(9001, 'f'), 'throttled', 'too many');
select is((select count(*) from garita.access_logs where device_id = :device::text and reasons = '{throttled}'), 1::bigint, 'is logged once');
select is(pg_temp.logged(), format('DENIED ENTRY OTHER throttled %s', :device), 'as such');
update garita.doors set is_active = false where id = 9001;
select is(pg_temp.ask(9001, 'g'), 'refused', 'a door that is not in use');

select * from finish();
rollback;
