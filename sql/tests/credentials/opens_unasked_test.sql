-- Twins of garita.opens_unasked and api.outbox_cards: who may pass a device that asks nobody.
begin;
\ir ../community.psql

insert into garita.doors (id, site_id, access_point_id, name, direction, driver) overriding system value values
    (9001, 9001, 9001, 'Main', 'BOTH', 'uhppote'), (9002, 9001, 9002, 'Door of B', 'ENTRY', 'uhppote'),
    (9003, 9001, 9005, 'Way out', 'EXIT', 'uhppote'), (9004, 9001, 9003, 'Closed', 'BOTH', 'uhppote'),
    (9005, 9001, 9006, 'Blind', 'BOTH', 'uhppote'), (9006, 9002, 9007, 'Main', 'BOTH', 'uhppote');

create function pg_temp.doors(p_code bigint) returns text language sql as $$
    select c.door_ids::text || coalesce(' until ' || date '1970-01-01' + c.last_day::integer, '')
    from api.outbox_cards('{9001, 9002, 9003, 9004, 9005, 9006}', 0, 1000) c where c.code_id = p_code
$$;

select pg_temp.key('1', 9003) as rosa, pg_temp.key('2', 9005) as beto, pg_temp.key('3', 9008) as mudo, pg_temp.key('4', 9009) as isa,
    pg_temp.key('5', 9003, 'PIN') as pin, pg_temp.key('6', 9003, 'RFID', false) as off
\gset
select is(pg_temp.doors(:rosa), '{9001,9003}', 'gates that are on, read cards and are the own building''s; every way out');
select is(pg_temp.doors(:beto), null, 'nobody without the right');
select is(pg_temp.doors(:mudo), null, 'nobody who has moved out');
select is(pg_temp.doors(:isa), '{9006}', 'the own site');
select is(pg_temp.doors(:pin), null, 'no PIN');
select is(pg_temp.doors(:off), null, 'nothing that was switched off');

update garita.access_codes set expiry_date = date '2090-05-01' where id = :rosa;
select is(pg_temp.doors(:rosa), '{9001,9003} until 2090-05-01', 'as long as the card is good');
update garita.residents set move_out_date = date '2090-03-01' where id = 9003;
select is(pg_temp.doors(:rosa), '{9001,9003} until 2090-02-28', 'and as long as somebody lives there');
update garita.access_codes set is_active = false where id = :rosa;
select is(pg_temp.doors(:rosa), null, 'revoked');
update garita.access_codes set is_active = true where id = :rosa;
insert into garita.schedules (id, site_id, name, weekdays) overriding system value values (9001, 9001, 'Always', 127);
update garita.access_codes set schedule_id = 9001 where id = :rosa;
select is(pg_temp.doors(:rosa), '{9003} until 2090-02-28', 'hours are what a device does not know: out it lets at any');
update garita.access_codes set schedule_id = null where id = :rosa;
insert into garita.blocklist (site_id, kind, value, reason) values (9001, 'name', 'Rosa Mar', 'test');
select is(pg_temp.doors(:rosa), '{9003} until 2090-02-28', 'who is on the block list gets out, not in');
select is((select count(*) from api.outbox_cards('{9001}', :rosa, 1000)), 0::bigint, 'page after page');

select * from finish();
rollback;
