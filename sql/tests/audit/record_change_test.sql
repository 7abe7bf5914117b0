-- Twin of record_change.
begin;
\ir ../community.psql

select pg_temp.outcome(9001, 'update garita.buildings set name = ''New'', address = ''There'' where id = 9002') \g /dev/null
select results_eq($$select user_id, site_id, request_id, address, action, changes from garita.audit where table_name = 'buildings' and row_id = 9002 and action = 'UPDATE'$$,
    $$values (9001::bigint, 9001::bigint, 'test', '10.0.0.1', 'UPDATE', '{"name": ["Torre B", "New"], "address": ["", "There"]}'::jsonb)$$,
    'who, for whose request, which fields, old and new');
select pg_temp.outcome(9001, 'update garita.buildings set name = name where id = 9002') \g /dev/null
select is((select count(*) from garita.audit where table_name = 'buildings' and row_id = 9002 and action = 'UPDATE'), 1::bigint, 'no change, no entry');
select pg_temp.outcome(9001, 'update garita.users set password_hash = ''secret'' where id = 9004') \g /dev/null
select results_eq($$select changes from garita.audit where table_name = 'users' and row_id = 9004 and action = 'UPDATE'$$,
    $$values ('{"password_hash": ["***", "***"], "token_version": [1, 2]}'::jsonb)$$, 'that a password changed, not what it is');
select pg_temp.key('tag', 9003) \g /dev/null
select is_empty($$select from garita.audit where changes::text like '%' || encode(pg_temp.tag('tag'), 'hex') || '%'$$, 'no tag');
select pg_temp.outcome(9001, 'delete from garita.visitors where id = 9003') \g /dev/null
select is((select changes -> 'first_name' from garita.audit where table_name = 'visitors' and row_id = 9003 and action = 'DELETE'),
    '["Cid", null]'::jsonb, 'what was deleted');
select api.open_session(9002, 'name', '', '', 'test', '10.0.0.1', ''), (select outcome from api.rotate_session(9002, 1)) \g /dev/null
select is_empty($$select from garita.audit where table_name = 'users' and row_id = 9002 and action = 'UPDATE'$$, 'a log-in changes no account');
select is_empty($$select from garita.audit where table_name = 'sessions' and row_id = 9002 and action = 'UPDATE'$$, 'a rotated session is the same session');
select pg_temp.outcome(9002, $q$update garita.visitors set notes = 'x' where id = 9001$q$) \g /dev/null
select is((select user_id from garita.audit where table_name = 'visitors' and row_id = 9001 and action = 'UPDATE'), 9002::bigint, 'a guard''s edit');

select * from finish();
rollback;
