-- Who is changed by edits.py, as superuser, beside the data set: their codes stand in bench.edits, so that decisions beside
-- a change are about the same people. Triggers fire, as they do for requests. Variable: households that move out alone, and
-- as many beside decisions.

\set ON_ERROR_STOP on
select min(id) as site from garita.sites \gset

create table bench.edits (
    subject text not null,
    place bigint not null,
    tag bytea not null,
    primary key (subject, place)
);

-- Homes of the households that move out, and 500 of one building, whose code is changed.
insert into garita.buildings (site_id, name, code, floors, units_per_floor) values
    (:site, 'Edits household', 'EH', 25, 20), (:site, 'Edits building', 'EB', 25, 20);
insert into garita.units (site_id, building_id, number, floor)
select :site, b.id, n::text, n / 20
from garita.buildings b, generate_series(1, 500) n
where b.code = 'EB' or b.code = 'EH' and n <= 2 * :households + 1;

-- Two people in each home, four in each that moves out; each has one card and expects visits with passes: 2 and 25. One
-- person has 1,000 cards.
insert into garita.residents (site_id, unit_id, first_name, last_name, document_id, phone, move_in_date)
select :site, u.id, 'Editado', 'Número ' || n, b.code || u.number || '/' || n, '+52 55 1234 5678', current_date - 400
from garita.units u join garita.buildings b on b.id = u.building_id, generate_series(1, 4) n
where b.code = 'EB' and n <= 2 or b.code = 'EH';

create table bench.edited as
select r.id, r.unit_id, b.code as subject, u.number::integer as home, row_number() over (order by r.id) as place
from garita.residents r join garita.units u on u.id = r.unit_id join garita.buildings b on b.id = u.building_id
where b.code in ('EB', 'EH');
update bench.edited set subject = 'EH alone' where subject = 'EH' and home <= :households;
-- The home that is left over: nobody moves out of it.
update bench.edited set subject = 'name' where subject = 'EH' and home = 2 * :households + 1;

insert into garita.access_codes (site_id, resident_id, code_tag, key_version, code_hint, code_type)
select :site, e.id, decode(md5('card ' || e.id || ' ' || n), 'hex'), 1, '42', 'RFID'
from bench.edited e, generate_series(1, 1000) n
where n = 1 or e.id = (select min(id) from bench.edited where subject = 'name');

create temporary table visits as
select e.id as resident_id, e.unit_id, e.subject, n
from bench.edited e, generate_series(1, 25) n where e.subject like 'EH%' or e.subject = 'EB' and n <= 2;
with visit as (
    insert into garita.visitors (site_id, first_name, last_name, document_id, phone, status, unit_id, resident_id,
        expected_date)
    select :site, 'Visita', 'Editada ' || resident_id || ' ' || n, 'EV' || resident_id || '/' || n, '+52 55 8765 4321',
        'APPROVED', unit_id, resident_id, current_date
    from visits
    returning id
)
insert into garita.temporary_codes (site_id, visitor_id, code_tag, key_version, code_hint, code_type, valid_from,
    valid_until, max_uses)
select :site, id, decode(md5('pass ' || id), 'hex'), 1, '42', 'QR', clock_timestamp() - interval '1 day',
    clock_timestamp() + interval '30 days', 1000000
from visit;

insert into bench.edits (subject, place, tag)
select subject, row_number() over (partition by subject order by tag), tag
from (
    select e.subject, c.code_tag as tag from garita.access_codes c join bench.edited e on e.id = c.resident_id
    union all
    select e.subject, t.code_tag from garita.temporary_codes t join garita.visitors v on v.id = t.visitor_id
    join bench.edited e on e.id = v.resident_id
) codes;
-- A change that is about everybody, or about nobody who has a code: those of the data set.
insert into bench.edits (subject, place, tag) select 'all', number, tag from bench.codes;
grant select on bench.edits to garita_gate;
analyze;
