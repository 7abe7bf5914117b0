-- Twin of erase_log_names and is_erasure: rows and counts stay, names go, and nothing else ever changes.
begin;
\ir ../community.psql

select garita.ensure_log_partition(m::date)
from generate_series(date_trunc('month', now() - interval '100 days'), now(), interval '1 month') m \g /dev/null
create function pg_temp.attempt(p_id bigint, p_ago interval, p_site bigint default 9001) returns void language sql as $$
    insert into garita.access_logs (
        id, "timestamp", site_id, resident_id, visitor_id, unit_id, person_name, person_document, unit_display, access_point_id,
        access_point_name, access_type, access_method, status, reasons, vehicle_plate, temperature, notes, ip_address)
    values (p_id, now() - p_ago, p_site, 9003, 9001, 9001, 'Ana Uno', 'DOC-9', 'A-101', 9001, 'Main', 'ENTRY', 'QR_CODE',
        'SUCCESS', '{}', 'ABC123', 37.5, 'Trae perro', '10.0.0.1')
$$;
select pg_temp.attempt(9101, '90 days'), pg_temp.attempt(9102, '90 days 1 second'), pg_temp.attempt(9103, '95 days'),
    pg_temp.attempt(9104, '95 days'), pg_temp.attempt(9105, '95 days'), pg_temp.attempt(9106, '1 hour'),
    pg_temp.attempt(9201, '95 days', 9002)
\g /dev/null
create temporary view rows as
select l.id, concat_ws(' ', l.person_name, l.person_document, l.vehicle_plate, l.notes, l.temperature) as person,
    concat_ws(' ', l.site_id, l.resident_id, l.visitor_id, l.unit_display, l.access_point_name, l.status, l.ip_address) as rest
from garita.access_logs l where l.id between 9101 and 9299;
grant select on rows to garita_owner;

grant garita_owner to current_user;
set local role garita_owner;
select throws_ok($$update garita.access_logs set person_name = '', person_document = '', vehicle_plate = '', photo = '', notes = '',
    temperature = null where id = 9101$$, '42501', null, 'the owner cannot blank a row before its time');
select throws_ok($$update garita.access_logs set person_name = 'Eva' where id = 9103$$, '42501', null, 'or give it another name');
select throws_ok($$update garita.access_logs set person_name = '', person_document = '', vehicle_plate = '', photo = '', notes = '',
    temperature = null, status = 'DENIED' where id = 9103$$, '42501', null, 'or change a verdict along with it');
select throws_ok('delete from garita.access_logs where id = 9103', '42501', null, 'or take the row away');
select is(garita.erase_log_names(2), 2, 'so many at once and no more, also of rows of one moment');
select is(garita.erase_log_names(2), 2, 'and so on');
select is(garita.erase_log_names(2), 1, 'until all sites are done');
select is(garita.erase_log_names(2), 0, 'and then nothing is left');
select results_eq($$select r.id from rows r where btrim(r.person) <> '' order by 1$$, $$values (9101::bigint), (9106)$$,
    'exactly 90 days old is kept, a second more is not');
select is((select r.rest from rows r where r.id = 9102), '9001 9003 9001 A-101 Main SUCCESS 10.0.0.1', 'the rest of a row stays');
select is((select count(*) from rows), 7::bigint, 'every row stays');
select is((select sum((a.changes -> 'rows' ->> 1)::integer) from garita.audit a where a.table_name = 'access_logs' and a.action = 'ERASE'
    and a.site_id = 9001), 4::bigint, 'the audit says how many');
select is_empty($$select from garita.audit a where a.table_name = 'access_logs' and a.changes::text like '%Ana%'$$, 'and not whose');

-- Rows that come later into the past: whoever writes them deletes the rollups, and names_from with them.
reset role;
select pg_temp.attempt(9107, '96 days') \g /dev/null
set local role garita_owner;
select is(garita.erase_log_names(10), 0, 'behind the mark nobody looks');
select garita.discard_log_rollups(9001) \g /dev/null
select is(garita.erase_log_names(10), 1, 'until it is forgotten');
reset role;

-- The site's own setting decides.
update garita.sites set log_name_days = 1000 where id = 9001;
set local role garita_owner;
select is(garita.erase_log_names(10), 0, 'kept longer');
reset role;
update garita.sites set log_name_days = 1 where id = 9001;
set local role garita_owner;
select is(garita.erase_log_names(10), 1, 'kept a day');
reset role;
select is((select btrim(r.person) from rows r where r.id = 9106), 'Ana Uno DOC-9 ABC123 Trae perro 37.5', 'an hour ago is less than a day');

select throws_ok($$update garita.access_logs set person_name = '', person_document = '', vehicle_plate = '', photo = '', notes = '',
    temperature = null where id = 9103$$, '42501', null, 'nobody but the owner blanks anything');
select is(pg_temp.outcome(9001, $q$update garita.access_logs set notes = ''$q$), '42501', 'no administrator');
select is(pg_temp.outcome(9001, $q$update garita.audit set changes = '{}'$q$), '42501', 'neither the audit');
select is(pg_temp.outcome(9001, 'select garita.erase_log_names(1)'), '42501', 'or calls the function');
select is(pg_temp.outcome(9001, 'select garita.erase_visitors(1)'), '42501', 'or that of visits');

-- What a site is set to by its administrator, and by nobody else.
select is(pg_temp.outcome(9001, $q$update garita.sites set name = 'Los Olmos', time_zone = 'America/Tijuana', language = 'en',
    visitor_days = 7, log_name_days = 14 where id = 9001$q$), '1', 'an administrator sets the own site');
select is(pg_temp.outcome(9001, 'update garita.sites set visitor_days = 7 where id = 9002'), '0', 'and no other');
select is(pg_temp.outcome(9002, 'update garita.sites set visitor_days = 7'), '42501', 'a guard sets nothing');
select is(pg_temp.outcome(9003, 'update garita.sites set visitor_days = 7'), '42501', 'a resident neither');
select is(pg_temp.outcome(9001, $q$update garita.sites set time_zone = 'Mars/Olympus'$q$), 'GA400 time_zone', 'no such place');
select is(pg_temp.outcome(9001, $q$update garita.sites set time_zone = 'UTC+5'$q$), 'GA400 time_zone', 'not by its distance');
select is((select a.changes -> 'visitor_days' from garita.audit a where a.table_name = 'sites' and a.row_id = 9001 and a.user_id = 9001),
    '[30, 7]'::jsonb, 'the audit has it');

select * from finish();
rollback;
