-- Twin of garita.callers: what sessions hold of their accounts is right after any change, and lets in exactly whom a
-- close look lets in.
begin;
\ir ../community.psql
-- Compiling a plan would take longer than all its rows.
set jit = off;

-- One change, drawn; one that a rule of the tables refuses is none.
create function pg_temp.change(p_user bigint, p_kind integer) returns void language plpgsql as $$
begin
    case p_kind
        when 0 then update garita.users set role = (array['ADMIN', 'GUARD', 'RESIDENT'])[1 + floor(random() * 3)] where id = p_user;
        when 1 then update garita.users set is_active = not is_active where id = p_user;
        when 2 then update garita.users set token_version = token_version + 1 where id = p_user;
        when 3 then update garita.users set is_superuser = not is_superuser where id = p_user;
        when 4 then update garita.users set site_id = (array[9001, 9002, null])[1 + floor(random() * 3)] where id = p_user;
        when 5 then update garita.users set password_hash = 'hash ' || random() where id = p_user;
        when 6 then update garita.sites set is_active = random() < 0.8 where id in (9001, 9002);
        when 7 then
            update garita.sites set second_factor_roles = (array['{}', '{ADMIN}', '{GUARD,RESIDENT}'])[1 + floor(random() * 3)]::text[]
            where id = 9001 + floor(random() * 2);
        when 8 then
            insert into garita.second_factors (user_id, secret_sealed, key_version, confirmed_at)
            values (p_user, 's', 1, case when random() < 0.5 then now() end);
        when 9 then
            update garita.second_factors set confirmed_at = case when confirmed_at is null then now() end where user_id = p_user;
        when 10 then delete from garita.second_factors where user_id = p_user;
        when 11 then
            insert into garita.sessions (user_id, issued_at, expires_at, absolute_end)
            values (p_user, now(), now() + interval '7 days', now() + interval '30 days');
        when 12 then
            update garita.sessions set revoked_at = case when revoked_at is null then now() end
            where user_id = p_user and random() < 0.5;
    end case;
exception when check_violation or foreign_key_violation or unique_violation then null;
end
$$;

create function pg_temp.is_let_in(p_user bigint, p_version integer, p_session bigint, p_role text) returns text language plpgsql as $$
declare
    v_answer text;
    v_state text;
    v_hint text;
begin
    begin
        perform api.begin_request(p_user, p_version, p_session, p_role, 'r', 'a');
        v_answer := current_user || ' ' || current_setting('garita.site_id') || ' ' || current_setting('garita.unit_ids');
    exception when others then
        get stacked diagnostics v_state = returned_sqlstate, v_hint = pg_exception_hint;
        v_answer := v_state || ' ' || v_hint;
    end;
    reset role;
    begin
        v_answer := v_answer || '; gate: '
            || (garita.decide(
                p_user, p_version, p_session, null, null, array[pg_temp.tag('nothing')], '', '{}', null, null, 9001, 'ENTRY', null, '', '', '',
                clock_timestamp())).reasons::text;
    exception when others then
        get stacked diagnostics v_state = returned_sqlstate, v_hint = pg_exception_hint;
        v_answer := v_answer || '; gate: ' || v_state || ' ' || v_hint;
    end;
    return v_answer;
end
$$;

-- Each session with each epoch and role that its token may name.
create temporary view tokens as
select s.id, s.user_id, u.token_version - older as version, r.role
from garita.sessions s join garita.users u on u.id = s.user_id, generate_series(0, 1) older, unnest(array['ADMIN', 'GUARD', 'RESIDENT']) r (role)
where s.user_id >= 9001;

create temporary table differences (after integer, kind integer);
select setseed(0.25) \g /dev/null
do $$
declare
    v_kind integer;
begin
    for i in 1..600 loop
        v_kind := floor(random() * 13);
        perform pg_temp.change(9001 + floor(random() * 8)::bigint, v_kind);
        insert into differences select i, v_kind from garita.check_copies();
    end loop;
end
$$;
select is_empty('select * from differences', 'after each change of accounts, sites, second factors and sessions the copies are right');

-- Whoever the draw has left: a session for each, and some who may ask.
update garita.sites set is_active = true where id in (9001, 9002);
update garita.users u set site_id = 9001, is_superuser = false, is_active = true, role = c.role
from (values (9001, 'ADMIN'), (9002, 'GUARD'), (9003, 'RESIDENT')) c (id, role) where u.id = c.id;
update garita.users set site_id = null, role = 'ADMIN', is_superuser = true, is_active = true where id = 9007;
update garita.users set is_active = false where id = 9005;
insert into garita.sessions (user_id, issued_at, expires_at, absolute_end)
select u.id, now(), now() + interval '7 days', now() + interval '30 days' from garita.users u where u.id >= 9001;
update garita.sites set second_factor_roles = '{GUARD}' where id = 9001;
select cmp_ok((select count(*) from garita.sessions where user_id >= 9001 and revoked_at is null and gate_version is not null), '>', 0::bigint,
    'some may ask at gates');
select cmp_ok((select count(*) from garita.sessions where user_id >= 9001 and revoked_at is null and gate_version is null), '>', 0::bigint,
    'others may not');

create temporary table by_copy as select t.*, pg_temp.is_let_in(user_id, version, id, role) as answer from tokens t;
update garita.sessions set caller_version = null where user_id >= 9001;
create temporary table by_looking as select t.*, pg_temp.is_let_in(user_id, version, id, role) as answer from tokens t;
select results_eq('select * from by_copy order by id, version, role', 'select * from by_looking order by id, version, role',
    'a close look lets in the same');
select cmp_ok((select count(distinct answer) from by_copy), '>', 6::bigint, 'of whom there are many kinds');

-- What is wrong is told and put right.
select cmp_ok((select count from garita.check_copies() where what = 'sessions'), '>', 0::bigint, 'outdated copies are counted');
create temporary table outdated as select count from garita.check_copies();
select is((select count from outdated), garita.repair_copies(), 'and put right');
select is_empty('select * from garita.check_copies()', 'all of them');

-- What is no change of the caller does not touch sessions.
update garita.users set site_id = 9001, is_active = true, is_superuser = false, role = 'GUARD' where id = 9002;
-- Whatever the draw has left.
delete from garita.second_factors where user_id = 9002;
insert into garita.sessions (id, user_id, issued_at, expires_at, absolute_end) overriding system value
values (9202, 9002, now(), now() + interval '7 days', now() + interval '30 days');
create temporary table before as select ctid as place, updated_at from garita.sessions where id = 9202;
update garita.users set last_login = now(), first_name = 'Gilberto', language = 'en' where id = 9002;
update garita.sites set name = 'Pinos', time_zone = 'America/Cancun' where id = 9001;
select results_eq('select ctid, updated_at from garita.sessions where id = 9202', 'select * from before',
    'a log-in, a name or a time zone touches no session');
select set_config('garita.request_id', 'copies', true) \g /dev/null
update garita.sites set second_factor_roles = '{GUARD}', is_active = true where id = 9001;
select results_eq('select gate_version is null, updated_at = (select updated_at from before) from garita.sessions where id = 9202',
    'values (true, true)', 'what a session holds of its account is no change of the session');
select is_empty($$select * from garita.audit where request_id = 'copies' and table_name = 'sessions'$$, 'nor part of its history');

select * from finish();
rollback;
