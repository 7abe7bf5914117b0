-- Who may do what (rules, section 1), as a table: number of rows seen or changed, or the refusal.
begin;
\ir ../community.psql
select pg_temp.pass('a', 9001), pg_temp.pass('b', 9004), pg_temp.key('rosa', 9003), pg_temp.key('teo', 9004) \g /dev/null
insert into garita.schedules (id, site_id, name) overriding system value values (9001, 9001, 'S'), (9002, 9002, 'S');
insert into garita.holidays (site_id, day, name) values (9001, '2026-12-25', 'N'), (9002, '2026-12-25', 'N');
insert into garita.blocklist (id, site_id, kind, value) overriding system value values (9001, 9001, 'document', 'X1'), (9002, 9002, 'document', 'X1');
insert into garita.devices (site_id, name, access_point_id, allows_entry, allows_exit) values (9001, 'D', 9001, true, true), (9002, 'D', 9007, true, true);
insert into garita.gate_throttles (site_id, access_point_id, tokens, refilled_at, day, day_failures) values (9001, 9001, 9, now(), '2026-01-01', 1);
insert into garita.temporary_code_points (site_id, temporary_code_id, access_point_id) select 9001, id, 9001 from garita.temporary_codes where site_id = 9001;
select pg_temp.verdict('a'), pg_temp.verdict('b'), pg_temp.verdict('unknown') \g /dev/null

select is(pg_temp.outcome(u.id, c.statement), case u.id when 9001 then c.admin when 9002 then c.guard else c.resident end,
    c.what || ', as ' || u.username)
from (select v.*, row_number() over () as place from (values
    -- what                              statement                                              admin    guard    resident (Rosa, A-101)
    ('sites',                            'select from garita.sites',                            '1',     '1',     '1'),
    ('users',                            'select id from garita.users',                         '6',     '1',     '1'),
    ('password hashes',                  'select password_hash from garita.users',              '42501', '42501', '42501'),
    ('sessions',                         'select id from garita.sessions where id >= 9001', '6', '1', '1'),
    ('buildings',                        'select from garita.buildings',                        '2',     '2',     '1'),
    ('units',                            'select from garita.units',                            '3',     '3',     '1'),
    ('residents',                        'select id from garita.residents',                     '4',     '4',     '2'),
    ('documents of residents',           'select document_id from garita.residents',            '4',     '42501', '2'),
    ('emergency contacts',               'select emergency_contact_name from garita.residents', '4',     '42501', '2'),
    ('visitors',                         'select from garita.visitors',                         '5',     '5',     '3'),
    ('codes of visitors',                'select id from garita.temporary_codes',               '2',     '2',     '1'),
    ('tags of codes',                    'select code_tag from garita.temporary_codes',         '42501', '42501', '42501'),
    ('sealed codes',                     'select code_sealed from garita.temporary_codes',      '42501', '42501', '42501'),
    ('gates by name',                    'select id, name from garita.access_points',           '6',     '6',     '6'),
    ('gates in full',                    'select * from garita.access_points',                  '6',     '6',     '42501'),
    ('permanent codes',                  'select id from garita.access_codes',                  '2',     '2',     '1'),
    ('tags of permanent codes',          'select code_tag from garita.access_codes',            '42501', '42501', '42501'),
    ('the log',                          'select id from garita.access_logs',                   '3',     '3',     '1'),
    ('documents in the log',             'select person_document from garita.access_logs',      '3',     '42501', '1'),
    ('schedules',                        'select * from garita.schedules',                      '1',     '1',     '42501'),
    ('holidays',                         'select * from garita.holidays',                       '1',     '1',     '42501'),
    ('the block list',                   'select id, display, reason from garita.blocklist',    '1',     '1',     '42501'),
    ('documents of the block list',      'select value from garita.blocklist',                  '42501', '42501', '42501'),
    ('the salt of the block list',       'select blocklist_salt from garita.sites',             '42501', '42501', '42501'),
    ('devices',                          'select * from garita.devices',                        '1',     '42501', '42501'),
    ('throttles',                        'select * from garita.gate_throttles',                 '1',     '1',     '42501'),
    ('answers to request ids',           'select from garita.admissions',                       '42501', '42501', '42501'),
    ('answers to requests',              'select from garita.answers',                          '42501', '42501', '42501'),
    ('gates of visitors'' codes',        'select * from garita.temporary_code_points',          '2',     '2',     '1'),
    ('the audit',                        'select from garita.audit where table_name <> ''x''',  null,    '42501', '42501'),
    ('make a building',    'insert into garita.buildings (name, code) values (''T'', ''T'')',   '1',     '42501', '42501'),
    ('make a unit',        'insert into garita.units (building_id, number, floor) values (9001, ''9'', 1)', '1', '42501', '42501'),
    ('make a unit in a tower of another site', 'insert into garita.units (building_id, number, floor) values (9003, ''9'', 1)', '23503', '42501', '42501'),
    ('make an account',    'insert into garita.users (username, password_hash) values (''n'' || current_user, ''x'')', '1', '42501', '42501'),
    ('make a superuser',   'insert into garita.users (username, password_hash, is_superuser) values (''s'', ''x'', true)', '42501', '42501', '42501'),
    ('choose a site',      'insert into garita.buildings (site_id, name, code) values (9002, ''T2'', ''T2'')', '42501', '42501', '42501'),
    ('promote oneself',    'update garita.users set role = ''ADMIN'', is_active_employee = false where id = garita.current_user_id()', 'GA403 own_account', '42501', '42501'),
    ('change one''s phone', 'update garita.users set phone = ''1'' where id = garita.current_user_id()', '1', '1',  '1'),
    ('change another''s phone', 'update garita.users set phone = ''1'' where id = 9004',        '1',     '0',     '0'),
    ('change a phone of another site', 'update garita.users set phone = ''1'' where id = 9006', '0',     '0',     '0'),
    ('delete oneself',     'delete from garita.users where id = garita.current_user_id()',      'GA403 own_account', '42501', '42501'),
    ('edit one''s contact data', 'update garita.residents set phone = ''5500000000'' where id = 9003', '1', '42501', '1'),
    ('edit a housemate''s', 'update garita.residents set phone = ''5500000000'' where id = 9005', '1',   '42501', '0'),
    ('edit a name',        'update garita.residents set first_name = ''X'' where id = 9003',    '1',     '42501', '42501'),
    ('register a visit to A-101', 'insert into garita.visitors (first_name, last_name, unit_id, expected_date) values (''N'', ''N'', 9001, ''2026-01-01'')', '1', '1', '1'),
    ('register a visit to A-102', 'insert into garita.visitors (first_name, last_name, unit_id, expected_date) values (''N'', ''N'', 9002, ''2026-01-01'')', '1', '1', '42501'),
    ('name another''s host', 'insert into garita.visitors (first_name, last_name, unit_id, resident_id, expected_date) values (''N'', ''N'', 9001, 9004, ''2026-01-01'')', '1', '1', 'GA400 resident'),
    ('forge who approved', 'update garita.visitors set authorized_by = 9001 where id = 9001',   '42501', '42501', '42501'),
    ('forge an entry',     'update garita.visitors set check_in_time = now() where id = 9001',  '1',     '42501', '42501'),
    ('edit a visit to A-102', 'update garita.visitors set notes = ''x'' where id = 9004',       '1',     '1',     '0'),
    ('delete a visit without codes', 'delete from garita.visitors where id = 9003',             '1',     '42501', '42501'),
    ('delete a visit in use', 'delete from garita.visitors where id = 9001',                    '23503', '42501', '42501'),
    ('write a code',       'update garita.temporary_codes set max_uses = 9',                    '42501', '42501', '42501'),
    ('write a counter',    'update garita.credentials set times_used = 0',                      '42501', '42501', '42501'),
    ('report the own tag lost', 'update garita.access_codes set is_active = false where resident_id = 9003', '1', '42501', '1'),
    ('take a lost tag back', 'update garita.access_codes set is_active = true where resident_id = 9003', '1', '42501', '42501'),
    ('report another''s tag lost', 'update garita.access_codes set is_active = false where resident_id = 9004', '1', '42501', '0'),
    ('delete a gate in use', 'delete from garita.buildings where id = 9002',                    '23503', '42501', '42501'),
    ('make a schedule',    'insert into garita.schedules (name) values (''N'')',                '1',     '42501', '42501'),
    ('change hours of another site', 'update garita.schedules set ends_at = ''01:00'' where id = 9002', '0', '42501', '42501'),
    ('give a tag hours',   'update garita.access_codes set schedule_id = 9001 where resident_id = 9003', '1', '42501', '42501'),
    ('hours of another site', 'update garita.access_codes set schedule_id = 9002 where resident_id = 9003', '23503', '42501', '42501'),
    ('declare a holiday',  'insert into garita.holidays (day, name) values (''2027-01-01'', ''N'')', '1', '42501', '42501'),
    ('grant grace',        'update garita.sites set grace_after_minutes = 10',                  '1',     '42501', '42501'),
    ('four hours of grace at most', 'update garita.sites set grace_after_minutes = 241',        '23514', '42501', '42501'),
    ('rename the site',    'update garita.sites set name = ''X''',                              '1',     '42501', '42501'),
    ('keep visits a week', 'update garita.sites set visitor_days = 7, log_name_days = 7',       '1',     '42501', '42501'),
    ('another code',       'update garita.sites set code = ''X''',                              '42501', '42501', '42501'),
    ('shut the site',      'update garita.sites set is_active = false',                         '42501', '42501', '42501'),
    ('block a plate',      'insert into garita.blocklist (kind, value, reason) values (''plate'', ''AB 1'', ''x'')', '1', '42501', '42501'),
    ('block nothing',      'insert into garita.blocklist (kind, value) values (''phone'', ''none'')', 'GA400 value', '42501', '42501'),
    ('block a document twice', 'insert into garita.blocklist (kind, value) values (''document'', ''x-1'')', '23505', '42501', '42501'),
    ('unblock',            'update garita.blocklist set is_active = false',                     '2',     '42501', '42501'),
    ('enrol a device',     'insert into garita.devices (name, access_point_id, allows_entry, allows_exit) values (''E'', 9001, true, true)', '42501', '42501', '42501'),
    ('enrol by function',  'select garita.enrol_device(''PINOS'', ''MAIN'', ''E'', true, true)', '42501', '42501', '42501'),
    ('decide at a moment of one''s own', 'select garita.decide(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, now())', '42501', '42501', '42501'),
    ('open a gate a pass is limited to', 'delete from garita.temporary_code_points',            '42501', '42501', '42501'),
    ('write the log',      'insert into garita.access_logs (timestamp, access_type, access_method, status) values (now(), ''ENTRY'', ''RFID'', ''SUCCESS'')', '42501', '42501', '42501'),
    ('rewrite the log',    'update garita.access_logs set person_name = ''X''',                 '42501', '42501', '42501'),
    ('delete the log',     'delete from garita.access_logs',                                    '42501', '42501', '42501'),
    ('empty the log',      'truncate garita.access_logs',                                       '42501', '42501', '42501'),
    ('write the audit',    'delete from garita.audit',                                          '42501', '42501', '42501')
) v (what, statement, admin, guard, resident)) c, garita.users u
where u.id in (9001, 9002, 9003) and (u.id <> 9001 or c.admin is not null)
-- Looking comes first, so that what one user writes does not change what another sees.
order by c.statement not like 'select%', u.id, c.place;

select is(pg_temp.outcome(9008, 'select from garita.units'), '0', 'who moved out sees no home');
select throws_ok('update garita.visitors set authorized_by = 9006 where id = 9001', '23503', null,
    'nor does anybody approve in another site''s name');
select is(pg_temp.outcome(9007, 'select id from garita.users where id = garita.current_user_id()'), '1', 'a superuser sees the own account');
select is(pg_temp.outcome(9006, 'select from garita.buildings'), '1', 'another community sees its own');

-- A guard's view of the log ends after 30 days.
select garita.ensure_log_partition((now() - interval '31 days')::date) \g /dev/null
insert into garita.access_logs (timestamp, site_id, access_type, access_method, status)
values (now() - interval '31 days', 9001, 'ENTRY', 'OTHER', 'DENIED');
select is(pg_temp.outcome(9002, 'select id from garita.access_logs'), '3', 'a guard reads 30 days');
select is(pg_temp.outcome(9001, 'select id from garita.access_logs'), '4', 'an administrator reads all');

select * from finish();
rollback;
