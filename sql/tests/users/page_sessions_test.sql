-- Twins of find_page_session, renew_page_session, end_other_sessions, choose_language and of the cookie's part of
-- open_session.
begin;
\ir ../community.psql

create function pg_temp.open(p_user_id bigint, p_tag bytea) returns bigint language sql as $$
    select session_id from api.open_session(p_user_id, 'name', '', 'challenge', 'test', '10.0.0.1', 'Browser', p_tag)
$$;
create function pg_temp.finds(p_tag bytea) returns text language sql as $$
    select coalesce((select concat_ws(' ', f.user_id, f.role, f.username, f.display_name, f.site_name, f.language)
        from api.find_page_session(array['\x00'::bytea, p_tag]) f), 'nobody')
$$;
create temporary table s on commit drop as select pg_temp.open(9002, '\x01') as id;

select is(pg_temp.finds('\x01'), '9002 GUARD t_guard Gil Paz Los Pinos', 'the cookie says who');
select is(pg_temp.finds('\x02'), 'nobody', 'another one nobody');
select results_eq($$select expires_at - issued_at, absolute_end - issued_at from garita.sessions where id = (select id from s)$$,
    $$values (interval '30 minutes', interval '12 hours')$$, 'idle 30 minutes, 12 hours in all');
select is((select count(*) from garita.audit where table_name = 'sessions' and row_id = (select id from s)), 1::bigint,
    'one line of audit');
select ok((select changes -> 'page_tag' = '["***", "***"]' from garita.audit where table_name = 'sessions'
    and row_id = (select id from s)), 'without the tag');

-- As if so much time had passed.
create function pg_temp.later(p_time interval) returns void language sql as $$
    update garita.sessions set issued_at = issued_at - p_time, expires_at = expires_at - p_time,
        absolute_end = absolute_end - p_time where id = (select id from s)
$$;
create function pg_temp.left() returns interval language sql as $$
    select date_trunc('minute', expires_at - clock_timestamp() + interval '1 second') from garita.sessions where id = (select id from s)
$$;
select pg_temp.later('40 seconds') \g /dev/null
select is(pg_temp.finds('\x01') || pg_temp.left(), '9002 GUARD t_guard Gil Paz Los Pinos00:29:00', 'no write within a minute');
select pg_temp.later('25 minutes') \g /dev/null
select is(pg_temp.finds('\x01') || pg_temp.left(), '9002 GUARD t_guard Gil Paz Los Pinos00:30:00', 'use moves the end');
select is((select count(*) from garita.audit where table_name = 'sessions' and row_id = (select id from s)), 3::bigint,
    'which is no line of audit'); -- the others are those of this test, which moved absolute_end twice
select pg_temp.later('31 minutes') \g /dev/null
select is(pg_temp.finds('\x01'), 'nobody', 'left alone for half an hour');

select pg_temp.open(9002, '\x03') \g /dev/null
update garita.sessions set absolute_end = clock_timestamp() + interval '10 minutes', expires_at = clock_timestamp() + interval '10 minutes'
where page_tag = '\x03';
select is(pg_temp.finds('\x03'), '9002 GUARD t_guard Gil Paz Los Pinos', 'near its whole end it lives');
select ok((select expires_at = absolute_end from garita.sessions where page_tag = '\x03'), 'and use moves nothing beyond it');

-- What ends it.
create function pg_temp.after(p_sql text) returns text language plpgsql as $$
declare
    v_found text;
begin
    perform set_config('garita.user_id', '', true);
    execute p_sql;
    v_found := pg_temp.finds('\x03');
    raise exception 'undo' using detail = v_found;
exception when raise_exception then
    return v_found;
end
$$;
select is(pg_temp.after(sql), 'nobody', why) from (values
    ('update garita.users set role = ''ADMIN'' where id = 9002', 'a new role'),
    ('update garita.users set is_active = false where id = 9002', 'a disabled account'),
    ('update garita.users set password_hash = ''x'' where id = 9002', 'a new password'),
    ('update garita.sites set is_active = false where id = 9001', 'a closed site'),
    ('select api.close_session(9002, id) from garita.sessions where page_tag = ''\x03''', 'signing out')) t (sql, why);
select is(pg_temp.after('update garita.users set phone = ''1'' where id = 9002'), '9002 GUARD t_guard Gil Paz Los Pinos',
    'another telephone does not');

-- A new cookie after a new password, in the same transaction.
create temporary table r on commit drop as select id from garita.sessions where page_tag = '\x03';
select ok(not api.renew_page_session(9003, (select id from r), array['\x03'::bytea], '\x04'), 'nobody renews another''s');
select ok(not api.renew_page_session(9002, (select id from r), array['\x09'::bytea], '\x04'), 'nor without the cookie');
select ok(c.generation is not null and api.renew_page_session(9002, (select id from r), array['\x03'::bytea], '\x04'), 'a new password')
from api.change_password(9002, 1, (select id from r), 'hash', 'new', '', '') c;
select is(pg_temp.finds('\x03') || ', ' || pg_temp.finds('\x04'), 'nobody, 9002 GUARD t_guard Gil Paz Los Pinos', 'and a new cookie');
select ok((select expires_at = absolute_end from garita.sessions where page_tag = '\x04'), 'that lives no longer than before');
select ok(not api.renew_page_session(9002, (select id from r), array['\x03'::bytea], '\x05'), 'once');
select ok(not api.renew_page_session(9002, 9002, array['\x03'::bytea], '\x05'), 'a session of the API is none');

-- Through the front door.
select pg_temp.open(9002, '\x06') \g /dev/null
create temporary table mine on commit drop as select id from garita.sessions where page_tag = '\x04';
grant select on mine to garita_guard;
select api.begin_request(9002, 2, (select id from mine), 'GUARD', 'q', '10.0.0.1') \g /dev/null
select is(api.end_other_sessions(), 1, 'all others end, of one''s own');
select is((select count(*) from garita.sessions), 1::bigint, 'this one goes on');
select api.choose_language('es') \g /dev/null
select throws_ok($$select api.choose_language('xx')$$, '23514', null, 'one of ours');
reset role;
select is(pg_temp.finds('\x04'), '9002 GUARD t_guard Gil Paz Los Pinos es', 'the language is kept');
select ok((select bool_and(revoked_at is null) from garita.sessions where user_id = 9003), 'nobody else''s session ended');

-- Where there is more than one site to work in, a superuser's pages say so.
select is((select f.has_several_sites from api.find_page_session(array['\x04'::bytea]) f), false, 'not to who belongs to one');
update garita.sessions set page_tag = '\x07', token_version = (select token_version from garita.users where id = 9007),
    expires_at = clock_timestamp() + interval '30 minutes', absolute_end = clock_timestamp() + interval '12 hours' where id = 9007;
select is((select f.has_several_sites from api.find_page_session(array['\x07'::bytea]) f), true, 'a superuser has several');
update garita.sites set is_active = false where id <> 9001;
select is((select f.has_several_sites from api.find_page_session(array['\x07'::bytea]) f), false, 'or the only one that is active');

select * from finish();
rollback;
