-- Twin of the functions of permanent codes: is_code_free, report_lost, reveal_access_code,
-- replace_access_code, delete_access_code.
begin;
\ir ../community.psql
select pg_temp.key('rosa', 9003), pg_temp.key('teo', 9004), pg_temp.key('unused', 9003), pg_temp.pass('visit', 9001),
    pg_temp.pass('past', 9001, p_revoked => true) \g /dev/null
update garita.access_codes set code_sealed = decode(repeat('00', 30), 'hex') where code_hint = 'sa';
create function pg_temp.id(p_code text) returns bigint language sql as
    $$ select id from garita.access_codes where code_tag = pg_temp.tag(p_code) $$;

select is(pg_temp.answer(9001, format('select api.is_code_free(array[%L]::bytea[], %L)', pg_temp.tag(c.code), c.except_id)), c.free, c.situation)
from (values
    ('a new code is free', 'new', null, 'true'), ('a resident''s is not', 'rosa', null, 'false'),
    ('nor a live visit''s', 'visit', null, 'false'), ('a revoked visit''s is', 'past', null, 'true'),
    ('one''s own is', 'rosa', pg_temp.id('rosa'), 'true'), ('another''s is not', 'rosa', pg_temp.id('teo'), 'false')
) c (situation, code, except_id, free);
select is(pg_temp.answer(9006, format('select api.is_code_free(array[%L]::bytea[], null)', pg_temp.tag('rosa'))), 'true', 'another site has its own');

select is(pg_temp.outcome(c.id, format(c.call, pg_temp.id(c.code))), c.outcome, c.situation)
from (values
    (1, 'a guard asks for no code', 9002, 'select api.reveal_access_code(%s)', 'rosa', '42501'),
    (2, 'nor its owner', 9003, 'select api.reveal_access_code(%s)', 'rosa', '42501'),
    (3, 'nor another site', 9006, 'select api.reveal_access_code(%s)', 'rosa', 'GA404 AccessCode'),
    (4, 'an administrator does', 9001, 'select api.reveal_access_code(%s)', 'rosa', '1'),
    (5, 'if it is kept', 9001, 'select api.reveal_access_code(%s)', 'teo', 'GA409 code'),
    (6, 'a guard reports nothing lost', 9002, 'select api.report_lost(%s)', 'rosa', '42501'),
    (7, 'nor a neighbour', 9004, 'select api.report_lost(%s)', 'rosa', 'GA404 AccessCode'),
    (8, 'nor another site', 9006, 'select api.report_lost(%s)', 'rosa', 'GA404 AccessCode')
) c (number, situation, id, call, code, outcome) order by c.number;
select results_eq($$select user_id, actor, row_id = pg_temp.id('rosa') from garita.audit where action = 'REVEAL'$$, $$values (9001::bigint, 't_admin', true)$$,
    'each look leaves one trace');
select is(pg_temp.verdict('rosa'), 'granted', 'until then it opens');
select is(pg_temp.outcome(9003, format('select api.report_lost(%s)', pg_temp.id('rosa'))), '1', 'its owner reports it lost') from generate_series(1, 2);
select is(pg_temp.verdict('rosa'), 'refused: revoked', 'and it opens nothing');

-- Deleting erases no history.
select is(pg_temp.outcome(9002, format('select api.delete_access_code(%s)', pg_temp.id('teo'))), '42501', 'a guard deletes nothing');
select is(pg_temp.answer(9006, format('select api.delete_access_code(%s)', pg_temp.id('teo'))), null, 'nor another site''s administrator');
select pg_temp.verdict('teo') \g /dev/null
update garita.access_codes set resident_id = 9003 where id = pg_temp.id('teo');
select isnt(pg_temp.answer(9001, format('select api.delete_access_code(%s)', pg_temp.id(c))), null, 'an administrator deletes ' || c)
from unnest('{teo,unused}'::text[]) c;
select is((select is_active from garita.access_codes where id = pg_temp.id('teo')), false, 'a used code stays, switched off, whoever has it now');
select is(pg_temp.id('unused'), null, 'an unused one is gone');

-- A lost card gets a successor: the same person, gates, schedule, last day; the old one opens nothing.
select pg_temp.key('old', 9003, 'RFID', true, current_date + 30) as old \gset
insert into garita.schedules (id, site_id, name) overriding system value values (9001, 9001, 'Always');
update garita.access_codes set schedule_id = 9001, notes = 'blue' where id = :old;
insert into garita.access_code_points (site_id, access_code_id, access_point_id) values (9001, :old, 9001), (9001, :old, 9004);
create function pg_temp.replace(p_code text, p_old bigint) returns text language sql as $$
    select format('select api.replace_access_code(%s, array[%L]::bytea[], ''\x%s'', 1, %L, 8, 0)', p_old, pg_temp.tag(p_code), repeat('00', 30), right(p_code, 2)) $$;
select is(pg_temp.outcome(c.id, pg_temp.replace(c.code, :old)), c.outcome, c.situation)
from (values
    (1, 'a guard replaces nothing', 9002, 'fresh', '42501'), (2, 'nor its owner', 9003, 'fresh', '42501'),
    (3, 'nor another site', 9006, 'fresh', 'GA404 AccessCode'), (4, 'a number has one card', 9001, 'old', 'GA400 code'),
    (5, 'nor a visitor''s', 9001, 'visit', 'GA400 code')
) c (number, situation, id, code, outcome) order by c.number;
select is(pg_temp.verdict('old'), 'granted', 'what was refused ended nothing');
select is(pg_temp.outcome(9001, pg_temp.replace('fresh', :old)), '1', 'an administrator replaces it');
select is(pg_temp.verdict('old'), 'refused: revoked', 'the old one opens nothing');
select is(pg_temp.verdict('fresh'), 'granted', 'the new one does');
select results_eq(format($$select c.resident_id, c.code_type, c.expiry_date, c.schedule_id, c.notes, c.code_hint, c.issued_by,
        array(select l.access_point_id from garita.access_code_points l where l.access_code_id = c.id order by 1)
    from garita.access_codes c where c.id = %s$$, pg_temp.id('fresh')),
    $$values (9003::bigint, 'RFID', current_date + 30, 9001::bigint, 'blue', 'sh', 9001::bigint, array[9001, 9004]::bigint[])$$, 'for the same person');
select results_eq(format($$select row_id, action, user_id from garita.audit where table_name = 'access_codes' and row_id in (%s, %s) and user_id is not null order by id$$,
    :old, pg_temp.id('fresh')), format($$values (%s::bigint, 'UPDATE', 9001::bigint), (%s, 'INSERT', 9001)$$, :old, pg_temp.id('fresh')), 'both rows are in the audit');

select * from finish();
rollback;
