-- What somebody could do who got an expression of one's own into a statement of a worker: read what the caller may read
-- anyway, and nothing else. Each line is tried by every role of requests.
begin;
\ir ../community.psql

create function pg_temp.smuggled(p_expression text) returns setof text language sql as $$
    select pg_temp.outcome(u.id, 'select ' || p_expression)
    from (values (9001), (9002), (9003)) u (id)
    where pg_temp.outcome(u.id, 'select ' || p_expression) not in ('42501', '0A000')
$$;

select is_empty(format('select pg_temp.smuggled(%L)', e.expression), e.expression)
from (values
    ($$set_config('garita.site_id', '9002', true)$$),
    ($$pg_catalog.set_config('garita.user_id', '9006', true)$$),
    ($$set_config('garita.unit_ids', '{9004}', true)$$),
    ($$set_config('role', 'garita_app', true)$$),
    ($$set_config('role', 'garita_owner', true)$$),
    ($$set_config('session_authorization', 'garita_owner', true)$$),
    ($$set_config('row_security', 'off', true)$$),
    ($$query_to_xml('select set_config(''garita.site_id'', ''9002'', true)', true, false, '')$$),
    ($$query_to_xml('set garita.site_id = 9002', true, false, '')$$),
    ($$query_to_xml('reset role', true, false, '')$$),
    ($$query_to_xml('delete from garita.visitors', true, false, '')$$),
    ($$garita.act_as(9001, '', '')$$),
    ($$garita.authenticate(9006, 1, 9006)$$),
    ($$garita.enter(9006, 1, 9006, 'ADMIN', '', '')$$),
    ($$api.begin_request(9006, 1, 9006, 'ADMIN', '', '')$$),
    ($$api.begin_login('t_admin', '', '')$$),
    ($$pg_read_file('/etc/passwd')$$),
    ($$lo_import('/etc/passwd')$$),
    ($$pg_ls_dir('.')$$),
    ($$pg_reload_conf()$$),
    ($$setval('garita.users_id_seq', 1)$$)
) e (expression);

-- The same statement that another site's rows are asked of sees none of them, before and after trying.
select is(pg_temp.answer(9001, 'select count(*) from garita.users where site_id = 9002'), '0', 'no row of another site');

-- The setting that a role may write names a row, and the row is still judged by the policies.
select is(pg_temp.answer(9001, 'select (select garita.set_saved_id(9006)) is not null and not exists (
    select from garita.visitors v where v.id = 9006)'), 'true', 'storing the id of a foreign row does not show it');

select is(has_function_privilege('public', 'pg_catalog.set_config(text, text, boolean)', 'execute'), false,
    'set_config is nobody''s by itself');
select is(string_agg(r.rolname, ' ' order by r.rolname), 'garita_app garita_auth garita_migrate garita_owner',
    'and these roles'' only')
from pg_roles r
where r.rolname like 'garita%' and has_function_privilege(r.oid, 'pg_catalog.set_config(text, text, boolean)', 'execute');

select * from finish();
rollback;
