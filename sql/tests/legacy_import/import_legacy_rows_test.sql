-- What the legacy API brings is judged row by row by the tables' own rules, and stored.
begin;
\ir ../community.psql

-- Outcome and subject of one row, as the command sends it.
create function pg_temp.taken(p_table text, p_id bigint, p_row jsonb, p_references jsonb default '[]', p_points jsonb default null)
returns text language sql as $$
    select i.outcome || coalesce(' ' || nullif(i.subject, ''), '')
    from garita.import_legacy_rows(9001, p_table, p_references, 100, jsonb_build_array(
        jsonb_strip_nulls(jsonb_build_object('id', p_id, 'row', p_row, 'points', p_points)))) i
$$;

select is(pg_temp.taken('buildings', 5, '{"name": "Uno", "code": "U"}'), 'new', 'a row comes with its number');
select is(pg_temp.taken('buildings', 5, '{"name": "Uno", "code": "U"}'), 'same', 'once');
select is(pg_temp.taken('buildings', 5, '{"name": "Dos", "code": "U"}'), 'changed', 'and again when it has changed');
select is(pg_temp.taken('buildings', 9001, '{"name": "Tres", "code": "T"}'), 'renumbered',
    'a number of ours is not taken away');
select cmp_ok((select row_id from garita.legacy_imports where table_name = 'buildings' and legacy_id = 9001), '>', 9001::bigint,
    'the new number is beyond all');
select is(pg_temp.taken('buildings', 6, '{"name": "Torre A", "code": "X"}'), 'refused buildings_name_unique',
    'what is here already is named');
select is(pg_temp.taken('buildings', 6, '{"name": "Cuatro"}'), 'refused code', 'a missing field is named');
select is(pg_temp.taken('buildings', 6, '{"name": "Cuatro", "code": "C", "floors": "many"}'), 'refused buildings_floors_format',
    'a value that is none is named by its field');
select is(pg_temp.taken('buildings', 6, '{"name": "Cuatro", "code": "C", "floors": 3000000000}'), 'refused buildings_floors_range',
    'a number that is too large also');
select is((select count(*) from garita.legacy_imports where legacy_id = 6), 0::bigint, 'nothing is stored of a refused row');

select is(pg_temp.taken('units', 7, '{"number": "1", "floor": 1, "building_id": 5}',
    '[{"column": "building_id", "table": "buildings", "droppable": false}]'), 'new', 'references follow the numbers');
select is(pg_temp.taken('units', 8, '{"number": "2", "floor": 1, "building_id": 9002}',
    '[{"column": "building_id", "table": "buildings", "droppable": false}]'), 'refused units_building_id_reference',
    'a number of ours is not the legacy API''s');
select is(pg_temp.taken('residents', 9,
    '{"first_name": "A", "last_name": "B", "document_id": "D-9", "phone": "5512345678", "unit_id": 7, "user_id": 9003}',
    '[{"column": "unit_id", "table": "units", "droppable": false}, {"column": "user_id", "table": "users", "droppable": true}]'),
    'new user_id', 'a link that may be dropped is dropped and told');

select pg_temp.pass('LIVE', 9001);
select is(pg_temp.taken('visitors', 10,
    '{"first_name": "A", "last_name": "B", "unit_id": 7, "expected_date": "2026-11-23", "status": "APPROVED"}',
    '[{"column": "unit_id", "table": "units", "droppable": false}]'), 'new', 'a visit comes in its state');
create function pg_temp.code(p_id bigint, p_code text, p_active boolean) returns text language sql as $$
    select pg_temp.taken('temporary_codes', p_id, jsonb_build_object(
        'visitor_id', 10, 'code_tag', '\x' || md5(p_code), 'key_version', 1, 'code_hint', 'xx', 'code_type', 'QR',
        'valid_from', '2026-11-01T00:00:00Z', 'valid_until', '2099-01-01T00:00:00Z', 'is_active', p_active),
        '[{"column": "visitor_id", "table": "visitors", "droppable": false}]')
$$;
select is(pg_temp.code(11, 'LIVE', true), 'refused temporary_codes_code_unique', 'a live number keeps its visit');
select is(pg_temp.code(11, 'LIVE', false), 'new', 'a dead code comes without its number');
select is((select is_retired from garita.temporary_codes where id = 11), true, 'so that the gate knows the live one');
select is(pg_temp.code(12, 'FREE', true), 'new', 'a free number comes along');
select pg_temp.key('CARD', 9003);
select is(pg_temp.code(13, 'CARD', true), 'refused temporary_codes_code_unique', 'a permanent code goes first');

select is(pg_temp.taken('access_codes', 14, jsonb_build_object(
    'resident_id', 9, 'code_tag', '\x' || md5('list'), 'key_version', 1, 'code_hint', 'xx'),
    '[{"column": "resident_id", "table": "residents", "droppable": false}]', '[77]'),
    'refused access_codes_access_points_reference', 'a list of gates that shrinks would open others');
select is(pg_temp.taken('access_codes', 14, jsonb_build_object(
    'resident_id', 9, 'code_tag', '\x' || md5('list'), 'key_version', 1, 'code_hint', 'xx'),
    '[{"column": "resident_id", "table": "residents", "droppable": false}]', '[]'), 'new', 'no list is every gate');

create function pg_temp.logged(p_rows jsonb) returns text language sql as $$
    select string_agg(i.legacy_id || ' ' || i.outcome || coalesce(' ' || i.subject, ''), ', ' order by i.legacy_id, i.outcome)
    from garita.import_legacy_logs(9001, 1000, p_rows) i
$$;
select is(pg_temp.logged('[{"id": 1, "timestamp": "2021-05-06T07:08:09+09:00", "access_type": "ENTRY", "access_method": "RFID",
    "status": "SUCCESS", "resident": 9}, {"id": 2, "timestamp": "soon"}, {"id": 3, "timestamp": null}, {"id": 4,
    "timestamp": "2021-05-06T07:08:09Z", "access_type": "EXIT", "access_method": "OTHER", "status": "MAYBE"}]'),
    '1 new, 2 refused access_logs_timestamp_format, 3 refused timestamp, 4 refused access_logs_status_choice',
    'one unreadable row does not take its page along');
select is((select l.unit_display || ' ' || l.tableoid::regclass from garita.access_logs l where l.id = 1 and l.site_id = 9001),
    'U-1 garita.access_logs_202105', 'the month is made, the home is filled in');
select is(pg_temp.logged('[{"id": 1, "timestamp": "2021-05-06T07:08:09+09:00", "access_type": "ENTRY", "access_method": "RFID",
    "status": "SUCCESS", "resident": 9}, {"id": 1, "timestamp": "2021-05-07T07:08:09+09:00", "access_type": "ENTRY",
    "access_method": "RFID", "status": "SUCCESS", "resident": 99}]'), '1 renumbered resident_id, 1 same',
    'a row is known by number and time');

select lives_ok('select garita.advance_identities()');
select cmp_ok(nextval('garita.access_logs_id_seq'), '>', 1000::bigint, 'new rows get numbers behind');
select * from finish();
rollback;
