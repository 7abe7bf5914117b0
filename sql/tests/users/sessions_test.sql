-- Twins of open_session, rotate_session, close_session, session_is_live, upgrade_password and of the triggers that end
-- sessions.
begin;
\ir ../community.psql

create temporary table s on commit drop as select * from api.open_session(9002, 'name', '', '', 'test', '10.0.0.1', repeat('x', 400));
select results_eq('select generation, token_version, role from s', $$values (1, 1, 'GUARD')$$, 'a log-in opens a family');
select results_eq($$select expires_at - issued_at, absolute_end - issued_at, length(user_agent) from garita.sessions
    where id = (select session_id from s)$$, $$values (interval '7 days', interval '30 days', 300)$$, 'idle 7 days, 30 in all');
select isnt((select last_login from garita.users where id = 9002), null, 'the log-in is stored');
select throws_ok($$select * from api.open_session(9005, 'name', '', '', '', '', '')$$, 'GA401', null, 'a disabled account opens none');

create function pg_temp.rotate(p_generation integer) returns text language sql as $$
    select r.outcome || ' ' || coalesce(r.generation::text, '-') from s, api.rotate_session(s.session_id, p_generation) r
$$;
select is(pg_temp.rotate(1), 'rotated 2', 'the current token yields the next');
select is(pg_temp.rotate(1), 'retried 2', 'the previous one, at once, yields the same successor');
select is((select r.issued_at from s, api.rotate_session(s.session_id, 1) r),
    (select issued_at from garita.sessions where id = (select session_id from s)), 'byte for byte: the same time of issue');
select is(pg_temp.rotate(9), 'unknown 2', 'a number never given ends nothing');
select is(pg_temp.rotate(2), 'rotated 3', 'and so on');
select is(pg_temp.rotate(1), 'reused 3', 'an older token was stolen');
select is((select count(*) from garita.sessions where user_id = 9002 and revoked_at is null), 0::bigint, 'every session of the account ends');
select is((select token_version from garita.users where id = 9002), 2, 'and every access token');
select is(pg_temp.rotate(3), 'unknown 3', 'the thief''s token too');
select is((select outcome from api.rotate_session(1, 1)), 'unknown', 'a session that never was');

update garita.sessions set rotated_at = now() - interval '11 seconds', generation = 5 where id = 9001;
select is((select outcome from api.rotate_session(9001, 4)), 'reused', 'after ten seconds the previous token is an old one');
update garita.sessions set issued_at = now() - interval '8 days', expires_at = now() - interval '1 second' where id = 9003;
select is((select outcome from api.rotate_session(9003, 1)), 'unknown', 'left idle for a week');
update garita.sessions set absolute_end = now() + interval '1 hour', expires_at = now() + interval '1 hour' where id = 9004;
select ok((select r.outcome = 'rotated' from api.rotate_session(9004, 1) r)
    and (select expires_at = absolute_end from garita.sessions where id = 9004), 'no rotation outlives the family');
select is((select outcome from api.rotate_session(9005, 1)), 'inactive', 'a disabled account');

-- Log-out and what else ends a session.
select ok(api.session_is_live(9004, 1, 9004), 'a session lives');
select ok(not api.session_is_live(9003, 1, 9004), 'for its own account only');
select ok(not api.close_session(9003, 9004), 'nobody closes another''s session');
select ok(api.close_session(9004, 9004), 'log-out');
select ok(not api.close_session(9004, 9004), 'once');
select ok(not api.session_is_live(9004, 1, 9004), 'and it is dead at once');

select api.upgrade_password(9006, 'hash', 'stronger'), api.upgrade_password(9006, 'hash', 'late') \g /dev/null
select results_eq($$select password_hash, token_version from garita.users where id = 9006$$, $$values ('stronger', 1)$$,
    'a stronger hash of the same password, once, and no token dies');
select ok(api.session_is_live(9006, 1, 9006), 'nor a session');
update garita.users set password_hash = 'new' where id = 9006;
select ok(not api.session_is_live(9006, 2, 9006), 'a new password ends every session');
update garita.users set role = 'GUARD' where id = 9008;
select ok(api.session_is_live(9008, 2, 9008) and not api.session_is_live(9008, 1, 9008), 'a new role voids tokens, not the session');
update garita.users set is_active = false where id = 9008;
select isnt((select revoked_at from garita.sessions where id = 9008), null, 'disabling ends the session');

select garita.create_user('made', 'h', 'GUARD', p_site_id => 9002), garita.create_user('made2', 'h', 'ADMIN', p_is_superuser => true),
    garita.create_user('made3', 'h', 'ADMIN') \g /dev/null
select is((select site_id from garita.users where username = 'made'), 9002::bigint, 'a command makes accounts of a site');
select is((select site_id from garita.users where username = 'made2'), null, 'a superuser has none');
select is((select site_id from garita.users where username = 'made3'), (select min(id) from garita.sites), 'else of the first');

select * from finish();
rollback;
