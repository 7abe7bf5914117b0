-- Twin of the functions of permanent codes: is_code_free, report_lost, reveal_access_code, delete_access_code.
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
select results_eq($$select user_id, row_id = pg_temp.id('rosa') from garita.audit where action = 'REVEAL'$$, 'values (9001::bigint, true)',
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

select * from finish();
rollback;
