-- Twin of api.log_by_hand, api.gate_card and api.correct_decision.
begin;
\ir ../community.psql

create function pg_temp.by_hand(
    p_resident bigint, p_name text default '', p_plate text default '', p_reason text default 'x', p_emergency boolean default false,
    p_confirmed boolean default false, p_direction text default 'ENTRY', p_point bigint default 9001, p_request text default '')
returns text language plpgsql as $$
begin
    return pg_temp.answer(9002, format(
        $q$select case when v.granted then 'granted' else 'refused: ' || array_to_string(v.reasons, ', ') end
            || case when v.warnings <> '{}' then '; warned: ' || array_to_string(v.warnings, ', ') else '' end
            || case when v.replayed then ' again' else '' end
            from api.log_by_hand(%L, %L, null, %L, %L, %L, %L, %L, %L, %L, 'trace', '10.0.0.1') v$q$,
        p_resident, p_name, p_plate, p_point, p_direction, p_reason, p_emergency, p_confirmed, p_request));
exception when others then
    return sqlstate;
end
$$;
create function pg_temp.correct(p_log bigint, p_kind text, p_reason text default 'x', p_user bigint default 9002) returns text
language sql as $$
    select pg_temp.outcome(p_user, format('select api.correct_decision(%L, %L, %L)', p_log, p_kind, p_reason))
$$;

select is(pg_temp.by_hand(9003), 'granted', 'a resident without the card');
select is(pg_temp.by_hand(9003, p_reason => ' '), 'GA400', 'never without a reason');
select is(pg_temp.by_hand(9005), 'granted; warned: person_not_authorized', 'with what speaks against it');
select is(pg_temp.by_hand(9008), 'granted; warned: moved_out', 'such as having moved out');
select is(pg_temp.by_hand(9003, p_point => 9002), 'granted; warned: wrong_gate', 'or being at the door of another building');
select is(pg_temp.by_hand(9003, p_point => 9003), 'granted; warned: gate_inactive', 'or a gate that is out of service');
select is(pg_temp.by_hand(9009), 'GA404', 'nobody of another community');
select is(pg_temp.by_hand(null, 'Ana Paramédica'), 'granted', 'somebody whom nobody knows');
select is(pg_temp.by_hand(null, p_emergency => true, p_reason => ''), 'granted; warned: emergency', 'an emergency needs no words');
select is(pg_temp.by_hand(null, 'Ana', p_request => 'r'), 'granted', 'a request');
select is(pg_temp.by_hand(null, 'Ana', p_request => 'r'), 'granted again', 'sent twice counts once');
select is(pg_temp.by_hand(null, 'Eva', p_request => 'r'), 'GA409', 'and names one person');

insert into garita.blocklist (site_id, kind, value, display, reason) values (9001, 'plate', 'MAL666', 'MAL666', 'x');
update garita.sites set has_blocklist = true where id = 9001;
select is(pg_temp.by_hand(null, 'Nadie', 'mal-666'), 'refused: blocklisted; warned: blocklisted', 'the block list asks once more');
select is(pg_temp.by_hand(null, 'Nadie', 'mal-666', p_confirmed => true), 'granted; warned: blocklisted', 'and is then told in the log');
select is(pg_temp.by_hand(null, 'Nadie', 'mal-666', p_direction => 'EXIT'), 'granted; warned: blocklisted', 'nobody is locked in');
select is((select count(*) from garita.access_logs where site_id = 9001), 11::bigint, 'each is one row of the log');

-- Corrections.
select pg_temp.pass('PASS', 9001, p_uses => 3);
select pg_temp.verdict('PASS'), pg_temp.verdict('PASS', p_direction => 'EXIT'), pg_temp.verdict('PASS'), pg_temp.verdict('NONE');
create temporary table rows as
    select l.id, row_number() over (order by l.id) as n from garita.access_logs l where l.visitor_id = 9001;
create temporary table refused as select max(l.id) as id from garita.access_logs l where l.site_id = 9001;
select is(pg_temp.correct((select id from rows where n = 3), 'nonsense'), 'GA400 kind', 'of a known kind');
select is(pg_temp.correct((select id from rows where n = 3), 'other', ' '), 'GA400 reason', 'with a reason');
select is(pg_temp.correct((select id from refused), 'did_not_pass'), 'GA409 kind', 'a refusal was no passage');
select is(pg_temp.correct((select id from rows where n = 3), 'other', 'x', 9006), 'GA404 AccessLog', 'nothing of another community');
select is(pg_temp.correct((select id from rows where n = 3), 'other', 'x', 9003), '42501', 'not by residents');
select is(pg_temp.correct((select id from rows where n = 1), 'did_not_pass'), '1', 'a passage before the newest');
select is((select status from garita.visitors where id = 9001), 'CHECKED_IN', 'moves the visit nowhere');
select is(pg_temp.correct((select id from rows where n = 3), 'did_not_pass'), '1', 'the newest');
select is((select status from garita.visitors where id = 9001), 'CHECKED_OUT', 'puts it back where it was');
select is(pg_temp.correct((select id from rows where n = 2), 'did_not_pass'), '1', 'the one before that');
select is((select status || ' ' || (check_in_time is null) from garita.visitors where id = 9001), 'APPROVED true', 'then it never came');
select is(pg_temp.correct((select id from rows where n = 2), 'did_not_pass'), '1', 'said once more');
select is((select status from garita.visitors where id = 9001), 'APPROVED', 'changes nothing more');
select is((select times_used from garita.credentials where visitor_id = 9001), 2, 'no use is given back');
select is(pg_temp.answer(9002, 'select count(*) from garita.log_corrections'), '4', 'guards read them');
select is(pg_temp.outcome(9002, 'update garita.log_corrections set reason = null'), '42501', 'and change none');

-- The card.
select is(pg_temp.answer(9002, format('select c.kind || c.name || c.unit || c.host || c.uses_left from api.gate_card(%s) c', (select id from rows where n = 1))),
    'visitorAna UnoA-101Rosa Mar1', 'who stands there');
select pg_temp.verdict('PASS'), pg_temp.verdict('PASS');
select is(pg_temp.answer(9002, format('select c.last_gate || c.last_by from api.gate_card(%s) c', (select max(id) from garita.access_logs where visitor_id = 9001))),
    'MainGil Paz', 'of a used-up pass where and by whom it was used last');
select is(pg_temp.outcome(9006, format('select * from api.gate_card(%s)', (select id from rows where n = 1))), '0', 'nothing of another community');
select * from finish();
rollback;
