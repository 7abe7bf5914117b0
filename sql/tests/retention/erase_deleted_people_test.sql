-- Twins of erase_deleted_people, is_forgettable and purge_unknown_logins.
begin;
\ir ../community.psql
select set_config('garita.actor', 'command:test', true) \g /dev/null

-- Beto (9005) and the unused account of Dino (9005) go, Teo (9004) stays; somebody tried to be Dino.
select api.refuse_login(9005, 'r', '198.51.100.7');
update garita.residents set phone = '5512345000', emergency_contact_name = 'Rita Ríos' where id in (9004, 9005);
update garita.users set email = 'dino@example.mx' where id = 9005;
delete from garita.sessions where user_id = 9005;
delete from garita.residents where id = 9005;
delete from garita.users where id = 9005;

create function pg_temp.age(p_days integer) returns void language plpgsql as $$
begin
    alter table garita.audit disable trigger append_only;
    update garita.audit set at = now() - p_days * interval '1 day' - interval '1 second' where table_name in ('residents', 'users');
    alter table garita.audit enable trigger append_only;
end
$$;
create function pg_temp.known() returns setof text language sql as $$
    select a.table_name || ' ' || a.row_id from garita.audit a
    where a.actor || a.address || a.changes::text ~ 'Beto|DOC-BETO|5512345670|5512345000|Rita|Dino|t_disabled|dino@|198.51'
        and (a.row_id = 9005 or a.user_id = 9005)
$$;
select isnt_empty('select * from pg_temp.known()', 'the audit knows them');
select pg_temp.age(364);
set local role garita_owner;
select is(garita.erase_deleted_people(100), 0, 'for a year');
reset role;
select pg_temp.age(365);
set local role garita_owner;
select is(garita.erase_deleted_people(1), 1, 'then one at a time');
select is(garita.erase_deleted_people(100), 1, 'until all are');
select is(garita.erase_deleted_people(100), 0, 'once');
reset role;
select is_empty('select * from pg_temp.known()', 'and knows nobody of them');
select isnt_empty($$select from garita.audit where table_name = 'residents' and row_id = 9004 and changes::text ~ 'Rita'$$, 'who is here is known');
select isnt_empty($$select from garita.audit where table_name = 'residents' and row_id = 9005 and changes ? 'phone'$$,
    'that something changed is known');
select throws_ok($$update garita.audit set actor = '—', address = '' where table_name = 'residents' and row_id = 9004$$, '42501', null,
    'who is here cannot be forgotten');
set local role garita_owner;
select throws_ok($$update garita.audit set actor = 'x' where row_id = 9005 and table_name = 'users'$$, '42501', null, 'nor anything be put there');
select throws_ok($$delete from garita.audit where row_id = 9005$$, '42501', null, 'nothing goes');
reset role;
select throws_ok('update garita.sites set resident_days = 0 where id = 9001', '23514', null, 'at least a day');

-- Log-ins under names that nobody has: one a minute, a month.
select api.refuse_login(null, 'r', '198.51.100.7') from generate_series(1, 3);
create function pg_temp.unknown() returns bigint language sql as $$
    select count(*) from garita.audit where action = 'LOGIN_FAILED' and site_id is null and user_id is null
$$;
select is(pg_temp.unknown(), 1::bigint, 'one entry a minute');
select api.refuse_login(9002, 'r', '198.51.100.7') from generate_series(1, 3);
select is(count(*), 3::bigint, 'but every one of an account') from garita.audit where action = 'LOGIN_FAILED' and user_id = 9002;
set local role garita_owner;
select is(garita.purge_unknown_logins(), 0, 'a young one stays');
reset role;
alter table garita.audit disable trigger append_only;
update garita.audit set at = now() - interval '30 days 1 second' where action = 'LOGIN_FAILED';
alter table garita.audit enable trigger append_only;
set local role garita_owner;
select is(garita.purge_unknown_logins(), 1, 'an old one goes');
reset role;
select is(count(*), 3::bigint, 'those of accounts stay') from garita.audit where action = 'LOGIN_FAILED' and user_id = 9002;

select * from finish();
rollback;
