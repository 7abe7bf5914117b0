-- Twin of api.begin_request and garita.authenticate: who is let into a request, and what the request then knows.
begin;
\ir ../community.psql

create function pg_temp.begins(p_user bigint, p_version integer, p_session bigint, p_role text) returns text language plpgsql as $$
declare
    v_state text;
    v_hint text;
begin
    begin
        set local role garita_app;
        perform api.begin_request(p_user, p_version, p_session, p_role, 'r', 'a');
        v_state := current_user || ' ' || current_setting('garita.site_id') || ' ' || current_setting('garita.unit_ids')
            || ' ' || current_setting('TimeZone');
    exception when others then
        get stacked diagnostics v_state = returned_sqlstate, v_hint = pg_exception_hint;
        v_state := v_state || ' ' || v_hint;
    end;
    reset role;
    return v_state;
end
$$;

update garita.sessions set revoked_at = now() where id = 9004;
insert into garita.sessions (id, user_id, site_id, issued_at, expires_at, absolute_end) overriding system value values
    (9101, 9002, 9001, now() - interval '8 days', now() - interval '1 day', now() + interval '22 days'),
    (9102, 9002, 9001, now() - interval '31 days', now() - interval '1 hour', now() - interval '1 hour');

select is(pg_temp.begins(c.caller, c.version, c.session, c.role), c.outcome, c.situation)
from (values
    ('an administrator',             9001, 1, 9001, 'ADMIN',    'garita_admin 9001 {} America/Mexico_City'),
    ('a guard',                      9002, 1, 9002, 'GUARD',    'garita_guard 9001 {} America/Mexico_City'),
    ('a resident, with the home',    9003, 1, 9003, 'RESIDENT', 'garita_resident 9001 {9001} America/Mexico_City'),
    ('who moved out has no home',    9008, 1, 9008, 'RESIDENT', 'garita_resident 9001 {} America/Mexico_City'),
    ('another site, its time zone',  9006, 1, 9006, 'ADMIN',    'garita_admin 9002 {} Pacific/Kiritimati'),
    ('an account that is gone',      1,    1, 9001, 'ADMIN',    'GA401 user_not_found'),
    ('a disabled account',           9005, 1, 9005, 'GUARD',    'GA401 user_inactive'),
    ('an older token',               9002, 0, 9002, 'GUARD',    'GA401 token_not_valid'),
    ('a token of the future',        9002, 2, 9002, 'GUARD',    'GA401 token_not_valid'),
    ('another user''s session',      9002, 1, 9001, 'GUARD',    'GA401 token_not_valid'),
    ('no session',                   9002, 1, null, 'GUARD',    'GA401 token_not_valid'),
    ('no version',                   9002, null, 9002, 'GUARD', 'GA401 token_not_valid'),
    ('a session that was closed',    9004, 1, 9004, 'RESIDENT', 'GA401 token_not_valid'),
    ('a session left idle',          9002, 1, 9101, 'GUARD',    'GA401 token_not_valid'),
    ('a session too old',            9002, 1, 9102, 'GUARD',    'GA401 token_not_valid'),
    ('a role the account has not',   9002, 1, 9002, 'ADMIN',    'GA401 token_not_valid'),
    ('no role',                      9002, 1, 9002, null,       'GA401 token_not_valid')
) c (situation, caller, version, session, role, outcome);

select is(pg_temp.begins(9007, 1, 9007, 'ADMIN'), format('garita_admin %s {} %s', s.id, s.time_zone),
    'a superuser works in the first site') from garita.sites s order by s.id limit 1;
select is(pg_temp.answer(9001, 'insert into garita.buildings (name, code) values (''R'', ''R'') returning garita.set_saved_id(id) = id'),
    'true', 'a write stores the id of its row');
select is(garita.saved_id(), (select id from garita.buildings where code = 'R'), 'for the next statement of the transaction');

select throws_ok('set local role garita_gate; select api.begin_request(9001, 1, 9001, ''ADMIN'', '''', '''')', '42501', null,
    'the gate pool becomes nobody');

select * from finish();
rollback;
