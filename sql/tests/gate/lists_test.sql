-- Twin of list_gate_visits, keep_visits_inside and unread_orders.
begin;
\ir ../community.psql

-- What a guard sees in a list, in its order.
create function pg_temp.seen(p_list text, p_words text default '', p_unit bigint default null, p_user bigint default 9002)
returns text language sql as $$
    select coalesce(pg_temp.answer(p_user, format(
        'select coalesce(string_agg(l.name, '', ''), ''-'') from api.list_gate_visits(%L, %L, %L, 20) l',
        p_list, p_words, p_unit)), '-')
$$;
-- How sure it is that somebody is inside.
create function pg_temp.certainty(p_visitor bigint) returns text language sql as $$
    select pg_temp.answer(9002, format(
        'select l.certainty || case when l.is_late then '' late'' else '''' end from api.list_gate_visits(''inside'') l where l.id = %s',
        p_visitor))
$$;

update garita.visitors set expected_date = (now() at time zone 'America/Mexico_City')::date where site_id = 9001;
update garita.visitors set check_in_time = null where site_id = 9001;

select is(pg_temp.seen('expected'), 'Ana Uno, Dan Cuatro, Eva Cinco', 'the approved visits of today');
select is(pg_temp.seen('waiting'), 'Bea Dos', 'those that wait');
select is(pg_temp.seen('inside'), '-', 'nobody is inside');
select is(pg_temp.seen('expected', 'cuat'), 'Dan Cuatro', 'by a piece of a name');
select is(pg_temp.seen('expected', '%'), '-', 'a sign of patterns is a letter');
select is(pg_temp.seen('expected', 'a-102'), 'Dan Cuatro, Eva Cinco', 'by the home');
select is(pg_temp.seen('expected', '', 9001), 'Ana Uno', 'of a home');
select is(pg_temp.seen('expected', p_user => 9006), 'Fay Seis', 'another community has its own') where current_date is not null
    and (select v.expected_date = (now() at time zone 'Pacific/Kiritimati')::date from garita.visitors v where v.id = 9006);
select is(pg_temp.outcome(9003, 'select * from api.list_gate_visits(''inside'')'), '42501', 'no resident asks');

select is(pg_temp.answer(9002, $$select array_to_string(l.host_names, ', ') || ' ' || array_to_string(l.host_phones, ', ')
    from api.list_gate_visits('waiting') l$$), 'Rosa Mar +52 55 1234 5678', 'who can answer, and the number to call');

-- Earlier days count where a pass opens today.
update garita.visitors set expected_date = expected_date - 1 where id in (9001, 9002, 9004);
select is(pg_temp.seen('expected'), 'Eva Cinco', 'yesterday is over');
select is(pg_temp.seen('waiting'), 'Bea Dos', 'who waits since yesterday still does');
select pg_temp.pass('NIGHT', 9001);
select is(pg_temp.seen('expected'), 'Ana Uno, Eva Cinco', 'a pass of yesterday that still opens');
select pg_temp.pass('WEEKLY', 9004, p_uses => 100, p_used => 1, p_until => '90 days');
update garita.visitors set status = 'CHECKED_OUT', check_in_time = now() - interval '3 days' where id = 9004;
select is(pg_temp.seen('expected'), 'Ana Uno, Eva Cinco', 'who left is expected no more');
insert into garita.schedules (id, site_id, name, visitor_id, weekdays, starts_at, ends_at) overriding system value
values (9001, 9001, 'visit', 9004, 127, '08:00', '14:00');
update garita.temporary_codes set schedule_id = 9001 where visitor_id = 9004;
select is(pg_temp.seen('expected'), 'Dan Cuatro, Ana Uno, Eva Cinco', 'who comes again and again is, at the hour');
update garita.schedules set weekdays = 127 - (1 << (extract(isodow from now() at time zone 'America/Mexico_City')::integer - 1))
where id = 9001;
select is(pg_temp.seen('expected'), 'Ana Uno, Eva Cinco', 'not on other days');

-- Inside: kept as visits move.
update garita.visitors set status = 'CHECKED_IN', check_in_time = now() - interval '10 minutes', companions = 3 where id = 9001;
select results_eq('select visitor_id from garita.visits_inside where site_id = 9001', array[9001::bigint], 'who enters is inside');
select is(pg_temp.answer(9002, 'select visits || '' '' || people from api.list_gate_visits(''inside'')'), '1 4',
    'people are counted with those who come along');
select is(pg_temp.certainty(9001), 'likely', 'without a scan it is likely');
insert into garita.access_logs ("timestamp", site_id, visitor_id, access_type, access_method, status)
values (now() - interval '10 minutes', 9001, 9001, 'ENTRY', 'MANUAL', 'SUCCESS');
select is(pg_temp.certainty(9001), 'likely', 'let in by hand it is likely');
insert into garita.access_logs ("timestamp", site_id, visitor_id, access_type, access_method, status)
values (now() - interval '9 minutes', 9001, 9001, 'ENTRY', 'QR_CODE', 'SUCCESS');
select is(pg_temp.certainty(9001), 'sure', 'after a scan it is sure');
update garita.visitors set visitor_type = 'DELIVERY', check_in_time = now() - interval '29 minutes' where id = 9001;
select is(pg_temp.certainty(9001), 'sure', 'a delivery within its time');
update garita.visitors set check_in_time = now() - interval '31 minutes' where id = 9001;
select is(pg_temp.certainty(9001), 'doubtful late', 'and beyond it');
update garita.sites set stay_minutes_delivery = 60 where id = 9001;
select is(pg_temp.certainty(9001), 'sure', 'the community says how long');
update garita.visitors set status = 'CHECKED_OUT' where id = 9001;
select is_empty('select visitor_id from garita.visits_inside where site_id = 9001', 'who leaves is not inside');
insert into garita.visitors (id, site_id, first_name, last_name, unit_id, status, expected_date, check_in_time) overriding system value
values (9010, 9001, 'Ida', '—', 9001, 'CHECKED_IN', '2026-01-01', now() - interval '40 hours');
select is(pg_temp.seen('inside'), 'Ida', 'also who is written down as inside, without a name she has not');
select is(pg_temp.certainty(9010), 'doubtful late', 'since an earlier day it is doubtful');
delete from garita.visitors where id = 9010;
select is(pg_temp.seen('inside'), '-', 'and nobody who is deleted');

-- Standing orders.
create function pg_temp.unread() returns text language sql as $$
    select pg_temp.answer(9002, 'select coalesce(string_agg(o.title, '', '' order by o.title), ''-'') from api.unread_orders() o')
$$;
insert into garita.standing_orders (id, site_id, title, text, access_point_id, first_day, last_day, is_active)
overriding system value values
    (9001, 9001, 'All', 'x', null, null, null, true), (9002, 9001, 'Main', 'x', 9001, null, null, true),
    (9003, 9001, 'In', 'x', 9004, null, null, true), (9004, 9001, 'Over', 'x', null, null, current_date - 2, true),
    (9005, 9001, 'Off', 'x', null, null, null, false), (9006, 9002, 'Elsewhere', 'x', null, null, null, true);
select is(pg_temp.unread(), '-', 'without a shift nothing is read');
insert into garita.shifts (id, site_id, user_id, access_point_id) overriding system value values (9001, 9001, 9002, 9001);
select is(pg_temp.unread(), 'All, Main', 'the orders of today for the gate');

select * from finish();
rollback;
