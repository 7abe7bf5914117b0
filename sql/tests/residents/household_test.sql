-- Twin of add_household_member, end_household_member, require_head_of_household and count_vehicles: what a home decides itself.
begin;
\ir ../community.psql
-- Days are those of the site.
set local time zone 'America/Mexico_City';

insert into garita.users (id, site_id, username, password_hash, role) overriding system value values
    (9013, 9001, 't_family', 'hash', 'RESIDENT'), (9014, 9001, 't_suspended', 'hash', 'RESIDENT');
insert into garita.sessions (id, user_id, site_id, issued_at, expires_at, absolute_end) overriding system value
select u.id, u.id, 9001, clock_timestamp(), clock_timestamp() + interval '7 days', clock_timestamp() + interval '30 days'
from garita.users u where u.id in (9013, 9014);
insert into garita.residents (id, site_id, user_id, unit_id, first_name, last_name, document_id, phone, resident_type, is_authorized)
overriding system value values
    (9013, 9001, 9013, 9001, 'Fam', 'Mar', 'DOC-FAM', '5512345671', 'FAMILY', true),
    (9014, 9001, 9014, 9001, 'Sus', 'Mar', 'DOC-SUS', '5512345671', 'OWNER', false),
    (9015, 9001, null, 9002, 'Otra', 'Sol', 'DOC-OTRA', '5512345671', 'FAMILY', true);

select is(
    pg_temp.outcome(c.id, 'select api.add_household_member(''Nueva'', ''Mar'', ''5512345678'', ''DOC-' || c.id || ''')'), c.outcome,
    c.situation)
from (values
    ('an owner adds family', 9003, '1'),
    ('family adds nobody', 9013, 'GA409 not_head_of_household'),
    ('nor an owner who is not authorised', 9014, 'GA409 not_head_of_household'),
    ('nor who moved out', 9008, 'GA409 not_head_of_household'),
    ('nor an administrator, by this way', 9001, '42501')
) c (situation, id, outcome);
select is(
    (select unit_id || ' ' || resident_type || ' ' || is_authorized || ' ' || (move_in_date = current_date)
        from garita.residents where first_name = 'Nueva'), '9001 FAMILY true true', 'family of the own home, from today on');
update garita.sites set requires_document = true where id = 9001;
select is(
    pg_temp.outcome(9003, 'select api.add_household_member(''Sin'', ''Documento'', ''5512345678'', '''')'), 'GA400 document_id',
    'what the site demands holds here as well');

select is(pg_temp.outcome(c.id, format('select api.end_household_member(%s)', c.member)), c.outcome, c.situation)
from (values
    ('family ends nobody', 9013, 9014, 'GA409 not_head_of_household'),
    ('nobody ends the own stay', 9003, 9003, 'GA409 not_family'),
    ('nor that of an owner', 9003, 9014, 'GA409 not_family'),
    ('nor anybody of another home', 9003, 9015, 'GA404 Resident'),
    ('an owner ends that of family', 9003, 9013, '1'),
    ('once', 9003, 9013, 'GA404 Resident')
) c (situation, id, member, outcome);
select is((select move_out_date from garita.residents where id = 9013), current_date, 'from today on');

-- Twenty people, twenty vehicles.
insert into garita.residents (site_id, unit_id, first_name, last_name, document_id, phone, resident_type)
select 9001, 9001, 'N', 'N', 'N-' || n, '5512345678', 'FAMILY'
from generate_series(1, 20 - (select count(*) from garita.residents r where r.unit_id = 9001 and r.move_out_date is null)) n;
select is(
    pg_temp.outcome(9003, 'select api.add_household_member(''De'', ''Más'', ''5512345678'', ''DE-MAS'')'), 'GA409 too_many_residents',
    'the home is full');
insert into garita.vehicles (site_id, unit_id, plate) select 9001, 9001, 'ABC-' || n from generate_series(1, 20) n;
select is(
    pg_temp.outcome(9003, 'insert into garita.vehicles (unit_id, plate) values (9001, ''DE-MAS'')'), 'GA409 too_many_vehicles',
    'so is its garage');
select is(
    pg_temp.outcome(9003, 'insert into garita.vehicles (unit_id, plate, is_active) values (9001, ''VIEJO'', false)'), '1',
    'one that it no longer has does not count');
select is(
    pg_temp.outcome(9003, 'update garita.vehicles set is_active = true where plate = ''VIEJO'''), 'GA409 too_many_vehicles',
    'until it has it again');
select is(
    pg_temp.outcome(9003, 'insert into garita.vehicles (unit_id, plate) values (9002, ''AJENO'')'), '42501',
    'nobody gives a vehicle to another home');
select is(
    pg_temp.outcome(9003, 'insert into garita.vehicles (unit_id, plate, resident_id, is_active) values (9001, ''X'', 9004, false)'), '42501',
    'nor to somebody else');

select * from finish();
rollback;
