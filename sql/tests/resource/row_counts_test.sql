-- Twin of garita.row_counts: what the triggers count is what a count finds.
begin;
\ir ../community.psql

create function pg_temp.wrong() returns bigint language sql as $$
    select count(*) from (
        select site_id, 'visitors' as name, count(*) as rows from garita.visitors group by site_id
        union all select site_id, 'temporary_codes', count(*) from garita.temporary_codes group by site_id
        union all select site_id, 'residents', count(*) from garita.residents group by site_id) a
    full join (select site_id, table_name as name, sum(total) as rows from garita.row_counts group by 1, 2) c using (site_id, name)
    where coalesce(a.rows, 0) <> coalesce(c.rows, 0)
$$;

select is(pg_temp.wrong(), 0::bigint, 'the community is counted');
insert into garita.visitors (site_id, first_name, last_name, unit_id, expected_date)
select u.site_id, 'V', n::text, u.id, current_date from garita.units u, generate_series(1, 5) n;
insert into garita.residents (site_id, first_name, last_name, unit_id) select u.site_id, 'R', n::text, u.id from garita.units u, generate_series(1, 2) n;
select pg_temp.pass('C' || n, 9001, 'QR') from generate_series(1, 3) n \g /dev/null
select is(pg_temp.wrong(), 0::bigint, 'so is what comes, of several sites at once');
delete from garita.temporary_codes where code_tag = pg_temp.tag('C2');
delete from garita.visitors where first_name = 'V' and last_name < '4';
delete from garita.residents where first_name = 'R' and last_name = '2';
update garita.visitors set notes = 'x';
select is(pg_temp.wrong(), 0::bigint, 'and what goes');
savepoint before;
delete from garita.visitors where first_name = 'V';
rollback to before;
select is(pg_temp.wrong(), 0::bigint, 'a step rolled back is not counted');

select set_config('session_replication_role', 'replica', true) \g /dev/null
insert into garita.visitors (site_id, first_name, last_name, unit_id, expected_date) select 9002, 'W', '1', 9003, current_date;
select set_config('session_replication_role', 'origin', true) \g /dev/null
select is(pg_temp.wrong(), 1::bigint, 'where no trigger fires a count is wrong');
select is(garita.keep_row_counts(), 1, 'and put right');
select is(pg_temp.wrong(), 0::bigint, 'for good');
select is(garita.keep_row_counts(), 0, 'nothing more to do');

-- Whoever sees every row of the site may ask for the count; others count what they see.
select is(pg_temp.answer(9001, $$select garita.row_count('visitors')$$)::bigint, (select count(*) from garita.visitors where site_id = 9001), 'an administrator');
select is(pg_temp.answer(9002, $$select garita.row_count('visitors')$$)::bigint, (select count(*) from garita.visitors where site_id = 9001), 'a guard');
select is(pg_temp.answer(9002, $$select garita.row_count('residents')$$)::bigint, (select count(*) from garita.residents where site_id = 9001), 'of residents too');
select is(pg_temp.outcome(9003, $$select garita.row_count('visitors')$$), '42501', 'not a resident');
select is(pg_temp.outcome(9003, $$select * from garita.row_counts$$), '42501', 'nobody reads the table');

select * from finish();
rollback;
