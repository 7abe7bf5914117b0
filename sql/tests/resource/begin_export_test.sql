-- Twin of api.begin_export: who takes rows along is written down, one file at a time.
begin;
\ir ../community.psql

select set_config('garita.user_id', '9001', true), set_config('garita.site_id', '9001', true), set_config('garita.request_id', 'r-9', true) \g /dev/null
select ok(api.begin_export('visitors', '{"status": [null, "PENDING"]}'), 'it begins');
select is((select array[a.action, a.table_name, a.actor, a.request_id, a.changes::text] from garita.audit a where a.action = 'EXPORT'),
    array['EXPORT', 'visitors', 't_admin', 'r-9', '{"status": [null, "PENDING"]}'], 'written down: who, what, which');
select is((select count(*) from pg_locks l where l.locktype = 'advisory' and l.pid = pg_backend_pid()), 1::bigint, 'its place is held');
select is((select array_agg(r.rolname::text order by 1) from pg_roles r where r.rolname ~ '^garita_(admin|guard|resident|app)$'
    and has_function_privilege(r.oid, 'api.begin_export(text, jsonb)', 'execute')), array['garita_admin'], 'only an administrator exports');
select pg_advisory_unlock_all() \g /dev/null

select * from finish();
rollback;
