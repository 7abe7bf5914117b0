-- Twin of list_home_visits and visit_decision: where each visit is in its life, and what a home learns of it.
begin;
\ir ../community.psql
-- Days are those of the site.
set local time zone 'America/Mexico_City';

select set_config('session_replication_role', 'replica', true);
update garita.visitors set expected_date = current_date where id in (9001, 9002, 9003);
insert into garita.visitors (id, site_id, first_name, last_name, unit_id, status, expected_date, check_out_time)
overriding system value values
    (9101, 9001, 'Hoy', 'Sin pase', 9001, 'APPROVED', current_date, null),
    (9102, 9001, 'Mañana', 'Sin pase', 9001, 'APPROVED', current_date + 1, null),
    (9103, 9001, 'Ayer', 'Sin pase', 9001, 'APPROVED', current_date - 1, null),
    (9104, 9001, 'Espera', 'Ayer', 9001, 'PENDING', current_date - 1, null),
    (9105, 9001, 'Esperaba', 'Antes', 9001, 'PENDING', current_date - 2, null),
    (9106, 9001, 'Dentro', 'Ya', 9001, 'CHECKED_IN', current_date - 1, null),
    (9107, 9001, 'Salió', 'Y vuelve', 9001, 'CHECKED_OUT', current_date - 1, now()),
    (9108, 9001, 'Frecuente', 'Hoy', 9001, 'APPROVED', current_date - 20, null),
    (9109, 9001, 'Frecuente', 'Otro día', 9001, 'CHECKED_OUT', current_date - 20, now() - interval '2 days'),
    (9110, 9001, 'Hace', 'Mucho', 9001, 'CHECKED_OUT', current_date - 40, now() - interval '40 days'),
    (9111, 9001, 'Con pase', 'Mañana', 9001, 'APPROVED', current_date + 1, null),
    (9112, 9001, 'Pase', 'Vencido', 9001, 'APPROVED', current_date, null),
    (9113, 9001, 'Festivo', 'Descansa', 9001, 'APPROVED', current_date, null);
insert into garita.schedules (id, site_id, name, visitor_id, weekdays, starts_at, ends_at, on_holidays)
overriding system value values
    (9108, 9001, 'visit 9108', 9108, 1 << extract(isodow from current_date)::integer - 1, '08:00', '14:00', true),
    (9109, 9001, 'visit 9109', 9109, 127 - (1 << extract(isodow from current_date)::integer - 1), '08:00', '14:00', true),
    (9113, 9001, 'visit 9113', 9113, 127, '08:00', '14:00', false);
insert into garita.holidays (site_id, day, name) values (9001, current_date, 'Fiesta');
select pg_temp.pass('CARRY107', 9107, p_uses => 5, p_used => 1), pg_temp.pass('CARRY108', 9108, p_until => '30 days'),
    pg_temp.pass('CARRY109', 9109, p_until => '30 days'), pg_temp.pass('CARRY113', 9113, p_until => '30 days'),
    pg_temp.pass('CARRY112', 9112, p_until => '-1 minute'), pg_temp.pass('CARRY103', 9003);
update garita.temporary_codes set schedule_id = visitor_id where visitor_id in (9108, 9109, 9113);
insert into garita.temporary_codes (site_id, visitor_id, code_tag, key_version, code_hint, code_type, valid_from, valid_until)
values (9001, 9111, pg_temp.tag('CARRY111'), 1, '11', 'QR', (current_date + 1)::timestamp at time zone 'America/Mexico_City',
    (current_date + 2)::timestamp at time zone 'America/Mexico_City');
select set_config('session_replication_role', 'origin', true), garita.repair_copies();

select is(
    pg_temp.answer(9003, format($$select coalesce(string_agg(v.place || case when v.is_today then ' today' else '' end, ','), 'none')
        from api.list_home_visits(%s) v$$, c.id)), c.place, c.situation)
from (values
    ('who waits', 9002, 'WAITING'),
    ('who waits since yesterday', 9104, 'WAITING'),
    ('who waited longer', 9105, 'PAST'),
    ('who is inside', 9106, 'INSIDE'),
    ('expected today without a pass', 9101, 'TODAY today'),
    ('expected tomorrow without a pass', 9102, 'COMING'),
    ('expected yesterday', 9103, 'PAST'),
    ('left, with entries to come', 9107, 'TODAY today'),
    ('every week, today', 9108, 'RECURRING today'),
    ('every week, not today', 9109, 'RECURRING'),
    ('every week, not on this holiday', 9113, 'RECURRING'),
    ('with a pass from tomorrow', 9111, 'COMING'),
    ('a pass that has expired', 9112, 'PAST'),
    ('refused, whatever its pass', 9003, 'PAST'),
    ('a visit of another home', 9004, 'none'),
    ('a visit of another site', 9006, 'none')
) c (situation, id, place);

select is(
    pg_temp.answer(9003, 'select (count(*) filter (where id = 9110))::text || '' '' || count(*) from api.list_home_visits()'),
    '0 15', 'what is long past is left out');
select is(
    pg_temp.answer(9003, 'select string_agg(id::text, '','') from api.list_home_visits(null, ''háce MUCHO'')'), '9110',
    'and found by its name');
select is(pg_temp.answer(9003, 'select count(*)::text from api.list_home_visits(null, ''%'')'), '0', 'a sign stands for itself');
select is(pg_temp.answer(9004, 'select count(*)::text from api.list_home_visits(9001)'), '0', 'the neighbour sees nothing');
select is(pg_temp.answer(9008, 'select count(*)::text from api.list_home_visits()'), '0', 'nor who moved out');
select is(pg_temp.outcome(9001, 'select api.list_home_visits()'), '42501', 'it is for residents');
select is(
    pg_temp.answer(9003, 'select is_live::text from api.list_home_visits(9003)'), 'false', 'a refused visit has no pass that opens');

-- Who decided.
select is(pg_temp.answer(9003, 'select count(*)::text from api.visit_decision(9002)'), '0', 'nobody has decided yet');
select is(pg_temp.outcome(9003, 'select api.decide_visit(9002, ''deny'')'), '1', 'the home refuses');
select is(
    pg_temp.answer(9003, 'select decision || '' '' || name || '' '' || role from api.visit_decision(9002)'), 'REFUSED Rosa Mar RESIDENT',
    'and learns who it was');
select is(pg_temp.answer(9004, 'select count(*)::text from api.visit_decision(9002)'), '0', 'another home does not');
select is(pg_temp.outcome(9001, 'select api.decide_visit(9104, ''approve'')'), '1', 'an administrator approves');
select is(
    pg_temp.answer(9003, 'select decision || ''/'' || name || ''/'' || role from api.visit_decision(9104)'), 'APPROVED//ADMIN',
    'of whom the home learns the role alone');

-- What was approved is canceled; a visitor who says no stays on the list of the day.
create function pg_temp.off(p_id bigint) returns text language sql as $$
    select pg_temp.answer(9003, format(
        'select v.place || '' '' || v.is_today || '' '' || coalesce(v.canceled_by, ''nobody'') || '' '' || d.decision
         from api.list_home_visits(%s) v, api.visit_decision(%s) d', p_id, p_id))
$$;
select is(pg_temp.off(9002), 'PAST false nobody REFUSED', 'a refusal');
select is(pg_temp.outcome(9003, 'select api.decide_visit(9101, ''cancel'')'), '1', 'the home cancels');
select is(pg_temp.off(9101), 'PAST false HOST CANCELED', 'which is no refusal');
select set_config('garita.actor', 'visitor', true), set_config('garita.user_id', '', true) \g /dev/null
update garita.visitors set status = 'DENIED' where id = 9112;
select is(pg_temp.off(9112), 'TODAY true VISITOR NOT_COMING', 'the visitor says no');

-- Hours need a day that comes (2031-03-03 is a Monday).
select is(pg_temp.outcome(9003, format('select api.set_visit_hours(9108, %s, ''08:00'', ''14:00'', ''2031-03-05'', true, ''2031-03-03'')', c.days)),
    c.outcome, c.situation)
from (values ('the last day', 4, '1'), ('the first day', 1, '1'), ('the day after', 8, 'GA400 weekdays'), ('the day before', 64, 'GA400 weekdays'))
    c (situation, days, outcome);

select * from finish();
rollback;
