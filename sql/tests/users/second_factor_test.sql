-- Twins of the second factor: enrolling, two steps of a log-in, each code once, waiting, who must have one, who takes it away.
begin;
\ir ../community.psql

-- Secrets are opaque here: the worker compares digits, the database steps.
select throws_ok($$select api.start_second_factor(9002, 7, 9002, 'sealed', 1, 'r', '')$$, 'GA401', null, 'a dead token enrols nothing');
select lives_ok($$select api.start_second_factor(9002, 1, 9002, 'sealed', 1, 'r-1', '10.0.0.9')$$, 'a start');
select lives_ok($$select api.start_second_factor(9002, 1, 9002, 'sealed again', 1, 'r-2', '10.0.0.9')$$, 'and another');
select results_eq($$select * from api.second_factor(9002, 1, 9002)$$, $$values (false, null::timestamptz, null::integer)$$, 'neither counts yet');
select is((select count(*)::integer from api.open_session(9002, 'n', 'd', 'c-0', 'r', '', '')), 1, 'a log-in needs no code yet');

select is(wait_seconds || ' ' || encode(secret_sealed, 'escape') || ' ' || key_version || ' ' || is_confirmed, '0 sealed again 1 false',
    'what a code is compared with') from api.begin_own_code(9002, 1, 9002);
select is(api.confirm_second_factor(9002, 1, 9002, null, array['one', 'two']::bytea[], 'r-3', '10.0.0.9'), false, 'a code that matches no step');
select is(api.confirm_second_factor(9002, 1, 9002, 100, array['one', 'two']::bytea[], 'r-4', '10.0.0.9'), true, 'one that does');
select results_eq($$select is_required, confirmed_at is not null, recovery_codes_left from api.second_factor(9002, 1, 9002)$$,
    $$values (false, true, 2)$$, 'from now on it counts');
select is((select count(*)::integer from garita.sessions where user_id = 9002 and revoked_at is null), 1, 'no session without it is left but the own one');
select is((select revoked_at from garita.sessions where id = 9002), null, 'which is that of the caller');
select throws_ok($$select api.start_second_factor(9002, 1, 9002, 'other', 1, 'r', '')$$, 'GA409', null, 'it cannot be started anew');
select throws_ok($$select api.confirm_second_factor(9002, 1, 9002, 101, array['x']::bytea[], 'r', '')$$, 'GA409', null, 'nor confirmed twice');

-- Two steps.
insert into garita.login_throttles (name_tag, device_tag, site_id, user_id, failures, tried_at) values ('n', 'd', 9001, 9002, 4, now());
select is((select count(*)::integer from api.open_session(9002, 'n', 'd', 'c-1', 'r-5', '', '')), 0, 'a password alone opens no session');
select is((select failures from garita.login_throttles where name_tag = 'n'), 3, 'the password was right: this attempt is not counted');
select is((select count(*)::integer from api.begin_challenge(array['nobody']::bytea[])), 0, 'a challenge nobody made');
select is(wait_seconds || ' ' || user_id || ' ' || username, '0 9002 t_guard', 'whose code is compared') from api.begin_challenge(array['c-0', 'c-1']::bytea[]);
select is((select count(*)::integer from api.pass_challenge(array['c-1']::bytea[], 100, null, null, 1, 'r', '', '')), 0, 'the code of the enrolment is used up');
select is((select count(*)::integer from api.pass_challenge(array['c-1']::bytea[], null, 'three', null, 1, 'r', '', '')), 0, 'a recovery code nobody has');
select is(role, 'GUARD', 'the next step opens a session') from api.pass_challenge(array['c-1']::bytea[], 101, null, null, 1, 'r', '', '');
select is((select count(*)::integer from garita.login_throttles where name_tag = 'n'), 0, 'and deletes every failure before');
select is((select count(*)::integer from api.begin_challenge(array['c-1']::bytea[])), 0, 'a challenge is good once');
select api.open_session(9002, 'n', 'd', 'c-2', 'r-6', '', '') \g /dev/null
select is((select count(*)::integer from api.pass_challenge(array['c-2']::bytea[], 101, null, null, 1, 'r', '', '')), 0, 'a step is good once');
select is((select count(*)::integer from api.pass_challenge(array['c-2']::bytea[], 99, null, null, 1, 'r', '', '')), 0, 'older ones are not good at all');
select is(role, 'GUARD', 'a recovery code opens a session too') from api.pass_challenge(array['c-2']::bytea[], null, 'one', 'sealed anew', 2, 'r', '', '');
select results_eq($$select encode(secret_sealed, 'escape'), key_version::integer, cardinality(recovery_tags) from garita.second_factors where user_id = 9002$$,
    $$values ('sealed anew', 2, 1)$$, 'it is spent, and the secret sealed with the newer key');
select api.open_session(9002, 'n', 'd', 'c-3', 'r-7', '', '') \g /dev/null
select is((select count(*)::integer from api.pass_challenge(array['c-3']::bytea[], null, 'one', null, 1, 'r', '', '')), 0, 'a recovery code is good once');

-- What ends a challenge.
select is(sum(wait_seconds), 0::bigint, 'five codes for each challenge')
from generate_series(1, 5) i, lateral (select b.wait_seconds from api.begin_challenge(array['c-3', i::text]::bytea[]) b) b;
select is((select count(*)::integer from api.begin_challenge(array['c-3']::bytea[])), 0, 'and no sixth');
update garita.second_factors set failures = 0;
select api.open_session(9002, 'n', 'd', 'c-4', 'r-7', '', '') \g /dev/null
update garita.login_challenges set expires_at = now() - interval '1 second' where token_tag = 'c-4';
select is((select count(*)::integer from api.begin_challenge(array['c-4']::bytea[])), 0, 'five minutes for each');
select is((select count(*)::integer from api.pass_challenge(array['c-4']::bytea[], 200, null, null, 1, 'r', '', '')), 0, 'no longer');
select api.open_session(9002, 'n', 'd', 'c-5', 'r-7', '', '') \g /dev/null
select is((select count(*)::integer from garita.login_challenges where token_tag = 'c-4'), 0, 'a new one clears away the old');
update garita.users set token_version = token_version + 1 where id = 9002;
select is((select count(*)::integer from api.begin_challenge(array['c-5']::bytea[])), 0, 'a new password, role or state voids it');
select is((select count(*)::integer from api.pass_challenge(array['c-5']::bytea[], 200, null, null, 1, 'r', '', '')), 0, 'altogether');
update garita.users set token_version = 1 where id = 9002;

-- Waiting.
update garita.second_factors set failures = 5, tried_at = now() where user_id = 9002;
select is(wait_seconds, 1, 'after five codes of an account one waits') from api.begin_challenge(array['c-5']::bytea[]);
select is((select failures from garita.login_challenges where token_tag = 'c-5'), 0, 'which costs the challenge nothing');
select is(wait_seconds, 1, 'wherever the codes are typed') from api.begin_own_code(9002, 1, 9002);
update garita.second_factors set failures = 100, tried_at = now() - interval '1 year' where user_id = 9002;
select is(wait_seconds, 900, 'after a hundred until somebody unlocks') from api.begin_challenge(array['c-5']::bytea[]);
select is(garita.unlock_account(9002), 100, 'which deletes them');
select is(wait_seconds, 0, 'then it goes on') from api.begin_challenge(array['c-5']::bytea[]);

-- Who must have one.
-- What a gate says to the session of an account, of the same number, about a code that nobody has.
create function pg_temp.gate_opened(p_user bigint) returns text language sql as $$
    select array_to_string((garita.decide(
        p_user, 1, p_user, null, null, array[pg_temp.tag('nothing')], '', '{}', null, null, 9001, 'ENTRY', null, '', '', '',
        clock_timestamp())).reasons, ',')
$$;

create function pg_temp.asks(p_user bigint, p_role text) returns text language plpgsql as $$
declare
    v_hint text;
begin
    perform api.begin_request(p_user, 1, p_user, p_role, 'r', '');
    reset role;
    return 'yes';
exception when others then
    get stacked diagnostics v_hint = pg_exception_hint;
    return sqlstate || ' ' || v_hint;
end
$$;
update garita.sites set second_factor_roles = array['ADMIN', 'GUARD'] where id = 9001;
select is(pg_temp.asks(9001, 'ADMIN'), 'GA403 second_factor_enrolment', 'an administrator without one is refused');
select is(pg_temp.asks(9002, 'GUARD'), 'yes', 'a guard who has one is not');
select is(pg_temp.asks(9003, 'RESIDENT'), 'yes', 'nor a resident, who needs none');
select is(pg_temp.asks(9006, 'ADMIN'), 'yes', 'nor an administrator of another site');
select throws_ok($$select pg_temp.gate_opened(9001)$$, 'GA403',
    'A second factor is required here: set one up first.', 'no gate is opened without it');
select is(pg_temp.gate_opened(9002), 'unknown_code', 'with it, it is');
select is(is_required, true, 'enrolling goes on') from api.second_factor(9001, 1, 9001);
select lives_ok($$select api.start_second_factor(9001, 1, 9001, 'mine', 1, 'r', '')$$, 'start');
select is(pg_temp.asks(9001, 'ADMIN'), 'GA403 second_factor_enrolment', 'a start is not enough');
select is(api.confirm_second_factor(9001, 1, 9001, 100, array['a']::bytea[], 'r', ''), true, 'confirmation is');
select is(pg_temp.asks(9001, 'ADMIN'), 'yes', 'at once');
select throws_ok($$update garita.sites set second_factor_roles = array['KING'] where id = 9001$$, '23514', null, 'only roles there are');

-- Taking it away.
select is(api.renew_recovery_codes(9001, 1, 9001, 100, null, array['b', 'c']::bytea[], 'r', ''), false, 'new recovery codes need a new code');
select is(api.renew_recovery_codes(9001, 1, 9001, 101, null, array['b', 'c']::bytea[], 'r', ''), true, 'then they take the place');
select is(api.disable_second_factor(9001, 1, 9001, null, 'a', 'r', ''), false, 'of those before');
select is(api.disable_second_factor(9001, 1, 9001, null, 'b', 'r', ''), true, 'one of which disables it');
select is(pg_temp.asks(9001, 'ADMIN'), 'GA403 second_factor_enrolment', 'and then one is missing again');
update garita.sites set second_factor_roles = '{}' where id = 9001;
select api.begin_request(9001, 1, 9001, 'ADMIN', 'r-8', '10.0.0.1') \g /dev/null
select is(api.has_factor_to_reset(9002), true, 'an administrator sees which of the site have one');
select is(api.has_factor_to_reset(9006), false, 'but not of another site');
select is(api.has_factor_to_reset(9001), false, 'and is not offered to take the own one');
select is(api.has_failed_tries(9006), false, 'nor to forget tries of another site');
select throws_ok($$select api.reset_second_factor(9001)$$, 'GA403', null, 'nobody resets the own one');
select throws_ok($$select api.reset_second_factor(9006)$$, 'GA404', null, 'nor one of another site');
select is(api.reset_second_factor(9002), true, 'an administrator does for those of the site');
select is(api.has_factor_to_reset(9002), false, 'after which there is none');
reset role;
select is((select count(*)::integer from garita.login_challenges where user_id = 9002), 0, 'no challenge is left');
select is((select count(*)::integer from garita.sessions where user_id = 9002 and revoked_at is null), 0, 'and no session');

-- The audit.
select results_eq($$select action, actor, request_id, changes ? 'secret_sealed' from garita.audit where table_name = 'second_factors' and row_id = 9002 and request_id in ('r-1', 'r-3', 'r-4', 'r-8') order by id$$,
    $$values ('INSERT', 't_guard', 'r-1', true), ('LOGIN_FAILED', 't_guard', 'r-3', false), ('UPDATE', 't_guard', 'r-4', false), ('DELETE', 't_admin', 'r-8', true)$$,
    'enrolled, failed, confirmed, reset');
select is_empty($$select changes from garita.audit where table_name = 'second_factors' and changes::text ~ 'sealed a|7365616c|6f6e65|last_step|failures'$$,
    'no secret, nothing that is only counted');
select is((select count(*)::integer from garita.audit where table_name = 'second_factors' and changes ? 'recovery_tags' and action = 'UPDATE'), 5,
    'recovery codes made, used and renewed are written down');

-- What is old goes.
select api.start_second_factor(9003, 1, 9003, 'never', 1, 'r', '') \g /dev/null
update garita.second_factors set created_at = now() - interval '25 hours' where user_id = 9003;
select garita.purge_logins() \g /dev/null
select is((select count(*)::integer from garita.second_factors where user_id = 9003), 0, 'an enrolment nobody confirmed is forgotten after a day');

select * from finish();
rollback;
