-- Twin of list_erasures and repeat_erasure: what is listed while the database lives is done again after a restore.
begin;
\ir ../community.psql
select set_config('garita.actor', 'command:test', true) \g /dev/null
create temporary table begun as select clock_timestamp() as at;
grant select on begun to public;
create function pg_temp.listed() returns setof text language sql as $$
    select e.kind || ' ' || e.table_name || ' ' || e.row_id
    from garita.list_erasures((select b.at from begun b)) e where e.row_id >= 9001
$$;

select is_empty('select pg_temp.listed()', 'nothing has happened yet');
savepoint before;
-- Only the owner erases.
set local role garita_owner;
select garita.erase_visitor(9001) \g /dev/null
delete from garita.visitors where id = 9003;
update garita.residents set is_authorized = false where id = 9003;
update garita.users set is_active = false where id = 9002;
update garita.users set is_active = true where id = 9002;
update garita.users set first_name = 'Otra' where id = 9003;
update garita.residents set is_authorized = true where id = 9005;
select results_eq('select pg_temp.listed()', $$values
    ('ERASE visitors 9001'), ('DELETE visitors 9003'), ('END residents 9003'), ('END users 9002'),
    ('START users 9002'), ('START residents 9005')$$,
    'what was erased, deleted, ended or begun again, in that order; no other change');
select is(count(*), 0::bigint, 'no name is in it') from garita.list_erasures('-infinity') e where e::text ~ 'Ana|Cid|Rosa|Gil';

rollback to before;
set local role garita_owner;
select is(garita.repeat_erasure('ERASE', 'visitors', 9001), 'done', 'a visit is erased again');
select is(garita.repeat_erasure('ERASE', 'visitors', 9001), 'nothing', 'once');
select is((select v.first_name from garita.visitors v where v.id = 9001), '—', 'it is');
select is(garita.repeat_erasure('DELETE', 'visitors', 9003), 'done', 'a visit is deleted again');
select is_empty($$select from garita.visitors where id = 9003$$, 'it is gone');
select is_empty($$select from garita.audit a where a.table_name = 'visitors' and a.row_id = 9003 and a.changes::text ~ 'Cid'$$,
    'and its name from the audit');
select is(garita.repeat_erasure('DELETE', 'visitors', 9003), 'nothing', 'once');
select is(garita.repeat_erasure('END', 'residents', 9003), 'done', 'a resident is not authorised any more');
select is(garita.repeat_erasure('END', 'users', 9002), 'done', 'an account is deactivated');
select is(garita.repeat_erasure('DELETE', 'users', 9003), 'needed', 'a row that others need stays');
select is((select u.is_active from garita.users u where u.id = 9003), false, 'but signs in no more');
select is(garita.repeat_erasure('DELETE', 'sites', 9001), 'unknown', 'nothing else is touched');

reset role;
select * from finish();
rollback;
