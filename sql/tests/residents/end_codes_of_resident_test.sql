-- Twin of end_codes_of_resident, resides and unit_display.
begin;
\ir ../community.psql
select pg_temp.key('tag', 9003), pg_temp.key('teo', 9004), pg_temp.pass('guest', 9001), pg_temp.pass('teos', 9004) \g /dev/null

update garita.residents set move_out_date = current_date + 10 where id = 9003;
select is(pg_temp.verdict('tag'), 'granted', 'a date to come ends nothing yet');
update garita.residents set move_out_date = current_date - 2 where id = 9003;
select is((select is_active from garita.access_codes where code_tag = pg_temp.tag('tag')), false, 'moving out ends the tags');
select isnt((select revoked_at from garita.access_codes where code_tag = pg_temp.tag('tag')), null, 'with the time');
select is((select is_active from garita.temporary_codes where code_tag = pg_temp.tag('guest')), false, 'and the passes of the guests');
select is(pg_temp.verdict('teo'), 'granted', 'not those of a neighbour');
select is(pg_temp.verdict('teos'), 'granted', 'nor of the neighbour''s guests');
select is(pg_temp.verdict('guest'), 'refused: revoked, moved_out', 'the gate says both');
select ok(garita.resides(null) and garita.resides(current_date + 1) and not garita.resides(current_date), 'who resides');
select is(garita.unit_display(9001), 'A-101', 'a unit as people say it');
select is(pg_temp.answer(9003, 'select garita.unit_display(9002)'), null, 'of a unit one may not see: nothing');

select * from finish();
rollback;
