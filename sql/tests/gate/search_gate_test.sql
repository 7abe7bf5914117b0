-- Twin of api.search_gate and garita.visits_with_plate.
begin;
\ir ../community.psql

update garita.residents set first_name = 'Íñigo', last_name = 'Núñez Peña' where id = 9003;
update garita.residents set first_name = 'Gonzalo', last_name = 'Benavides' where id = 9004;
update garita.residents set phone = '5512349999' where id = 9004;
update garita.visitors set vehicle_plate = 'ABC-123-A' where id = 9001;
update garita.visitors set expected_date = current_date - 40 where id = 9004;
insert into garita.visitors (id, site_id, first_name, last_name, unit_id, resident_id, status, expected_date)
overriding system value values (9010, 9001, 'Lucía', 'Muñoz', 9001, 9003, 'CHECKED_IN', current_date - 90);
insert into garita.units (id, site_id, building_id, number, floor) overriding system value values (9010, 9001, 9002, '12', 1);

insert into garita.vehicles (id, site_id, unit_id, resident_id, plate, is_active) overriding system value values
    (9001, 9001, 9001, 9003, 'XYZ-98-7', true), (9002, 9001, 9001, null, 'QRS-11-2', true), (9003, 9001, 9001, null, 'OLD-55-5', false);

create function pg_temp.found(p_text text, p_user bigint default 9002, p_is_exact boolean default false) returns text language sql as $$
    select pg_temp.answer(p_user, format(
        'select string_agg(s.kind || '' '' || s.id, '', '' order by s.n) from (select s.*, row_number() over () as n from api.search_gate(%L, %L) s) s', p_text, p_is_exact))
$$;

select is(pg_temp.found('munoz'), 'visitor 9010', 'without its accent, whoever is inside however long');
select is(pg_temp.found('MUÑOZ lucia'), 'visitor 9010', 'in any order');
select is(pg_temp.found('nuñes'), 'resident 9003', 'spelt as it sounds');
select is(pg_temp.found('venavides'), 'resident 9004', 'b for v');
select is(pg_temp.found('gonalo'), 'resident 9004', 'a letter left out');
select is(pg_temp.found('b12'), 'unit 9010', 'a unit');
select is(pg_temp.found('b 12'), 'unit 9010', 'with a blank');
select is(pg_temp.found('Torre B 12'), 'unit 9010', 'by the name of its building');
select is(pg_temp.found('abc 123a'), 'visitor 9001', 'a plate however it is grouped');
select is(pg_temp.found('bc123'), 'visitor 9001', 'half a plate without its hyphens');
select is(pg_temp.found('123a'), 'visitor 9001', 'its end');
select is(pg_temp.found('bc123', 9006), null, 'not of another community');
select is(pg_temp.found('xyz 987', 9002, true), 'resident 9003', 'the car of a resident');
select is(pg_temp.found('rs-11'), 'unit 9001', 'a part of the plate of a home');
select is(pg_temp.found('OLD555'), null, 'no car that is there no more');
select is(pg_temp.found('DOC-TEO'), 'resident 9004', 'a document');
select is(pg_temp.found('v-2'), 'visitor 9002', 'a visitor''s document');
select is(pg_temp.found('55 1234 9999'), 'resident 9004', 'a phone');
select is(pg_temp.found('Dan'), null, 'not a visit of long ago');
select is(pg_temp.found('Isa Isla'), null, 'nobody of another community');
select is(pg_temp.found('Isa Isla', 9006), 'resident 9009', 'whom its own staff finds');
select is(pg_temp.found('%%%'), null, 'a sign stands for itself');
select is(pg_temp.found(''), null, 'nothing finds nothing');
select is(pg_temp.found('nunes', 9002, true), null, 'exactly: no guessing');
select is(pg_temp.found('ABC123A', 9002, true), 'visitor 9001', 'exactly: a plate');
select is(pg_temp.outcome(9003, $$select api.search_gate('x', false)$$), '42501', 'not for residents');
select * from finish();
rollback;
