-- Twin of api.finish_csv_import, api.undo_csv_import, api.cards_with_codes, garita.purge_csv_imports and of the policies of csv_imports.
begin;
\ir ../community.psql

insert into garita.users (id, site_id, username, password_hash, role) overriding system value
values (9011, 9001, 't_second_admin', 'hash', 'ADMIN');
insert into garita.sessions (id, user_id, site_id, issued_at, expires_at, absolute_end) overriding system value
values (9011, 9011, 9001, clock_timestamp(), clock_timestamp() + interval '7 days', clock_timestamp() + interval '30 days');
insert into garita.csv_imports (id, site_id, user_id, table_name, content, report, rows_new, rows_wrong) overriding system value values
    (9001, 9001, 9001, 'units', 'x', 'y', 3, 1), (9002, 9001, 9001, 'units', 'x', 'y', 1, 0);
insert into garita.csv_imports (id, site_id, user_id, table_name, content, created_at) overriding system value
values (9003, 9001, 9001, 'units', 'x', clock_timestamp() - interval '61 minutes');

select is(pg_temp.answer(9001, $$select array_agg(u.id order by u.id)::text from garita.csv_imports u$$), '{9001,9002}', 'its owner sees a file for an hour');
select is(pg_temp.outcome(9001, 'select u.id from garita.csv_imports u where u.id = 9001 for update'), '1', 'and may hold it');
select is(pg_temp.outcome(9001, 'update garita.csv_imports set imported_at = now()'), '42501', 'nobody writes by hand that it was imported');
select is(pg_temp.outcome(9001, $$insert into garita.csv_imports (user_id, table_name) values (9011, 'units')$$), '42501', 'or brings in a file for another');
select is(pg_temp.answer(9011, 'select count(*) from garita.csv_imports'), '0', 'another administrator does not see what is not imported');
select is(pg_temp.answer(9011, 'select api.finish_csv_import(9001, null)'), 'false', 'nor imports it');
select is(pg_temp.answer(9006, 'select count(*) from garita.csv_imports'), '0', 'nor does another site''s see it');

select is(pg_temp.answer(9001, 'select api.finish_csv_import(9003, null)'), 'false', 'after an hour it is no longer to be had');
select is(pg_temp.answer(9001, 'select api.undo_csv_import(9001, 0, 0, null)'), 'false', 'what was not imported cannot be undone');
select is(pg_temp.answer(9001, $$select api.finish_csv_import(9001, 'rest')$$), 'true', 'the owner imports it');
select is(pg_temp.answer(9001, $$select api.finish_csv_import(9001, 'rest')$$), 'false', 'once');
select is((select (u.content is null, u.report = 'rest', u.request_id, u.actor, u.imported_at is not null)::text from garita.csv_imports u where u.id = 9001),
    '(t,t,test,t_admin,t)', 'the file is forgotten, by whom and when is kept');
select is((select (a.action, a.actor, a.table_name, a.row_id, a.changes -> 'rows_new')::text from garita.audit a where a.action = 'IMPORT'),
    '(IMPORT,t_admin,csv_imports,9001,"[null, 3]")', 'and written down');

select is(pg_temp.answer(9006, 'select count(*) from garita.csv_imports'), '0', 'another site does not see it');
select is(pg_temp.answer(9006, 'select api.undo_csv_import(9001, 2, 1, null)'), 'false', 'and does not undo it');
select is(pg_temp.answer(9011, 'select array_agg(u.id)::text from garita.csv_imports u'), '{9001}', 'every administrator of the site sees an import');
select is(pg_temp.outcome(9011, $$update garita.csv_imports set rows_new = 7$$), '42501', 'and changes nothing of it');
select is(pg_temp.answer(9011, $$select api.undo_csv_import(9001, 2, 1, 'left')$$), 'true', 'but may undo it');
select is(pg_temp.answer(9011, $$select api.undo_csv_import(9001, 2, 1, 'left')$$), 'false', 'once');
select is((select (u.undone_by, u.rows_undone, u.rows_left)::text from garita.csv_imports u where u.id = 9001), '(t_second_admin,2,1)', 'who did it is kept');
select is((select (a.action, a.actor, a.row_id)::text from garita.audit a where a.action = 'UNDO'), '(UNDO,t_second_admin,9001)', 'and written down');

select pg_temp.key('card', 9003) \g /dev/null
select is(pg_temp.answer(9001, format($$select string_agg(c.row_number || ' ' || (c.card_id > 0), ',') from api.cards_with_codes(array[4, 5], array[9003, 9004], array[%1$L, %1$L]::bytea[]) c$$, pg_temp.tag('card'))),
    '4 true', 'of a code it is told only that this very resident has it');
select is(pg_temp.answer(9006, format($$select count(*) from api.cards_with_codes(array[4], array[9003], array[%L]::bytea[])$$, pg_temp.tag('card'))),
    '0', 'another site hears of no card');

select is(garita.purge_csv_imports(), 1, 'files of more than an hour ago are forgotten');
select is((select array_agg(u.id order by u.id) from garita.csv_imports u where u.id >= 9001), array[9001, 9002]::bigint[], 'no others');
select is((select array_agg(r.rolname::text order by 1) from pg_roles r where r.rolname ~ '^garita_(admin|guard|resident|app|gate|auth)$'
    and (has_function_privilege(r.oid, 'api.finish_csv_import(bigint, bytea)', 'execute') or has_function_privilege(r.oid, 'api.undo_csv_import(bigint, integer, integer, bytea)', 'execute')
        or has_function_privilege(r.oid, 'api.cards_with_codes(integer[], bigint[], bytea[])', 'execute')
        or has_table_privilege(r.oid, 'garita.csv_imports', 'select'))), array['garita_admin'], 'administrators alone have to do with it');

-- What columns are is said by administrators, for their own site.
select is(pg_temp.outcome(9001, $$insert into garita.csv_columns (table_name, heading, field) values ('units', 'clave', 'number')$$), '1', 'an administrator says what a column is');
select is(pg_temp.answer(9011, 'select field from garita.csv_columns'), 'number', 'for all of the site');
select is(pg_temp.answer(9006, 'select count(*) from garita.csv_columns'), '0', 'and for no other');
select is(pg_temp.outcome(9002, 'select field from garita.csv_columns'), '42501', 'guards do not need it');

select * from finish();
rollback;
