-- Twins of begin_login, refuse_login, login_wait and of the failures that open_session deletes.
begin;
\ir ../community.psql

select results_eq($$select failures, garita.login_wait(failures, now(), now()) from unnest(array[0, 1, 4, 5, 6, 7, 8, 14, 15, 99, 100, 101, 100000]) failures$$,
    $$values (0, 0), (1, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (14, 512), (15, 900), (99, 900), (100, 900), (101, 900), (100000, 900)$$,
    'five are free, then 1, 2, 4 … 900 seconds');
select is(garita.login_wait(8, now() - interval '7.5 seconds', now()), 1, 'the wait runs down');
select is(garita.login_wait(8, now() - interval '8 seconds', now()), 0, 'and ends');
select is(garita.login_wait(100, now() - interval '1 year', now()), 900, 'after a hundred it does not');

-- Who tries, as one line: the wait, or the account found.
create function pg_temp.tries(p_name text, p_device text default '') returns text language sql as $$
    select case when wait_seconds > 0 then 'wait ' || wait_seconds
        else coalesce(user_id::text || ' ' || password_hash || ' ' || is_active, 'nobody') end
    from api.begin_login(p_name, p_name::bytea, p_device::bytea)
$$;
select is(pg_temp.tries('t_guard'), '9002 hash true', 'what a log-in compares');
select is(pg_temp.tries('T_GUARD'), 'nobody', 'names are case-sensitive');
select is(pg_temp.tries('t_disabled'), '9005 hash false', 'disabled accounts too');
select pg_temp.tries(name) from unnest(array['t_guard', 'nobody']) name, generate_series(1, 5) \g /dev/null
select is(pg_temp.tries('t_guard'), 'wait 1', 'the sixth try waits');
select is(pg_temp.tries('nobody'), 'wait 1', 'also for a name that nobody has');
select is((select failures from garita.login_throttles where name_tag = 't_guard'), 5, 'who waits is not counted');
select is(pg_temp.tries('t_guard', 'phone'), '9002 hash true', 'a device known from before counts for itself');
update garita.login_throttles set tried_at = now() - interval '2 seconds' where name_tag = 't_guard' and device_tag = '';
select is(pg_temp.tries('t_guard'), '9002 hash true', 'then one more');
select is(pg_temp.tries('t_guard'), 'wait 2', 'and twice the wait');

select session_id from api.open_session(9002, 't_guard', 'phone', 'challenge', 'r-1', '10.0.0.9', '') \g /dev/null
select results_eq($$select device_tag, failures from garita.login_throttles where name_tag = 't_guard'$$, $$values (''::bytea, 6)$$,
    'a log-in deletes the failures of its own device');
select results_eq($$select actor, user_id, request_id, address from garita.audit where table_name = 'sessions' and action = 'INSERT' order by id desc limit 1$$,
    $$values ('t_guard', 9002::bigint, 'r-1', '10.0.0.9')$$, 'a log-in is written down, with its actor');

update garita.login_throttles set failures = 99, tried_at = now() - interval '1 hour' where name_tag = 't_guard';
select is(pg_temp.tries('t_guard'), '9002 hash true', 'the hundredth');
update garita.login_throttles set tried_at = now() - interval '10 years' where name_tag = 't_guard';
select is(pg_temp.tries('t_guard'), 'wait 900', 'is the last');

select api.refuse_login(9002, 'r-2', '10.0.0.8'), api.refuse_login(null, 'r-3', '10.0.0.8') \g /dev/null
select results_eq($$select site_id, user_id, actor, row_id, request_id, address from garita.audit where action = 'LOGIN_FAILED' order by id$$,
    $$values (9001::bigint, 9002::bigint, 't_guard', 9002::bigint, 'r-2', '10.0.0.8'), (null, null, '', null, 'r-3', '10.0.0.8')$$,
    'a log-in that failed is written down; a name that nobody has is not');

select * from finish();
rollback;
