-- Twin of api.lacks_pass, api.needs_word, api.take_word, api.admit_visit and garita.best_code.
begin;
\ir ../community.psql

create function pg_temp.admit(
    p_visit bigint, p_direction text default 'ENTRY', p_request text default '', p_user bigint default 9002, p_point bigint default 9001)
returns text language plpgsql as $$
begin
    return pg_temp.answer(p_user, format(
        $q$select case when v.granted then 'granted' else 'refused: ' || array_to_string(v.reasons, ', ') end
            || case when v.replayed then ' again' else '' end
            from api.admit_visit(%L, %L, %L, %L, 'trace', '10.0.0.1') v$q$, p_visit, p_point, p_direction, p_request));
exception when others then
    return sqlstate;
end
$$;
create function pg_temp.state(p_visit bigint) returns text language sql as $$
    select v.status || coalesce((select ' ' || string_agg(t.times_used || '/' || t.max_uses, ' ' order by t.code_id)
        from garita.credentials t where t.code_kind = 'temporary' and t.visitor_id = v.id), '')
    from garita.visitors v where v.id = p_visit
$$;
create function pg_temp.needs(p_visit bigint) returns text language sql as $$
    select pg_temp.answer(9002, format('select api.needs_word(%L)', p_visit))
$$;
create function pg_temp.lacks(p_visit bigint) returns text language sql as $$
    select pg_temp.answer(9002, format('select api.lacks_pass(%L, %L)', p_visit, 'r' || p_visit))
$$;
update garita.visitors set expected_date = (clock_timestamp() at time zone 'America/Mexico_City')::date where site_id = 9001;

select is(pg_temp.lacks(9001), 'true', 'an approved visit of today without a pass lacks one');
select is(pg_temp.lacks(9002), 'false', 'not one that waits for approval');
select is(pg_temp.lacks(9006), 'false', 'nor one of another community');
select is(pg_temp.admit(9002), 'refused: approval_pending', 'who waits is not admitted');
select is(pg_temp.admit(9003), 'refused: visit_denied', 'nor who was refused');
select is(pg_temp.admit(9006), 'GA404', 'another community''s visit does not exist');
select is(pg_temp.admit(9003, 'EXIT'), 'granted', 'nobody is locked in');
select is(pg_temp.admit(9003, 'EXIT', '', 9002, 9004), 'refused: wrong_direction', 'but the direction of the gate holds without a pass too');

select is(pg_temp.needs(9001), 'false', 'and needs no word to get it');
select pg_temp.pass('OLD', 9001, p_until => '-10 minutes', p_from => '-2 hours') \gset
select is(pg_temp.lacks(9001), 'false', 'one whose pass is over had one');
select is(pg_temp.needs(9001), 'true', 'and needs a word');
select is(pg_temp.needs(9002), 'false', 'not one that waits for approval');
select is(pg_temp.needs(9006), 'false', 'nor one of another community');
select is(pg_temp.outcome(9002, 'select api.take_word(9001, 9005)'), 'GA400 resident', 'that of a resident of another home is none');
select is(pg_temp.answer(9002, 'select api.take_word(9002, 9003)::text'), 'false', 'where none is needed none is taken');
select pg_temp.pass('GOOD', 9001, p_uses => 2),
    pg_temp.pass('LATER', 9001, p_from => '1 hour', p_until => '2 hours') \gset
select is(pg_temp.lacks(9001), 'false', 'with a pass that opens it lacks none');
select is(pg_temp.admit(9001, 'ENTRY', 'one'), 'granted', 'of several passes the one that opens');
select is(pg_temp.state(9001), 'CHECKED_IN 0/1 1/2 0/1', 'and one use of it is spent');
select is(pg_temp.admit(9001, 'ENTRY', 'one'), 'granted again', 'a repeated request gets its answer again');
select is(pg_temp.admit(9001, 'EXIT', 'one'), 'GA409', 'another one under its name is refused');
select is(pg_temp.state(9001), 'CHECKED_IN 0/1 1/2 0/1', 'and nothing more is spent');
select is(pg_temp.admit(9001, 'EXIT'), 'granted', 'out by name');
select is(pg_temp.admit(9001), 'granted', 'in again');
select is(pg_temp.admit(9001), 'refused: not_yet_valid', 'then none opens: the least that speaks against it');
select is(pg_temp.state(9001), 'CHECKED_IN 0/1 2/2 0/1', 'at most as often as the pass says');

select pg_temp.pass('GONE', 9004, p_revoked => true);
select is(pg_temp.lacks(9004), 'false', 'whoever cancels a pass does not want the visitor');
select is(pg_temp.needs(9004), 'false', 'by nobody''s word');
select is(pg_temp.admit(9004), 'refused: revoked', 'and no guard admits by name');

update garita.visitors set status = 'APPROVED' where id = 9002;
select pg_temp.pass('DIGITS', 9002, 'OTP', 2);
select is(pg_temp.admit(9002), 'granted', 'a one-time pass by name, the guard in the place of its digits');
select is(pg_temp.admit(9002), 'granted', 'as often as it says, also within one step');
select is(pg_temp.admit(9002), 'refused: no_uses_left', 'and no more');

select is(pg_temp.admit(9001, 'EXIT', '', 9002, 9006), 'granted', 'where the gate has no reader a guard needs none');
select is(pg_temp.admit(9001, 'EXIT', '', 9002, 9004), 'refused: wrong_direction', 'but its direction holds');
select is(pg_temp.verdict('GOOD', 9006, 'EXIT'), 'refused: method_not_supported; warned: no_uses_left', 'as its readers do for what is read');
select is(pg_temp.outcome(9003, $$select api.admit_visit(9001, 9001, 'ENTRY', '', '', '')$$), '42501', 'not for residents');
select results_eq($$select l.access_method, l.status from garita.access_logs l where l.visitor_id = 9003 order by l.id$$,
    $$values ('MANUAL', 'DENIED'), ('MANUAL', 'SUCCESS'), ('MANUAL', 'DENIED')$$, 'all of it is in the log');
select * from finish();
rollback;
