-- Twin of open_shift, close_shift, current_shift, list_shifts, own_last_shift, sum_up_shift, keep_shift_figures, write_shift_note,
-- unread_orders and acknowledge_orders.
begin;
\ir ../community.psql

insert into garita.users (id, site_id, username, password_hash, role, first_name, last_name) overriding system value values
    (9020, 9001, 't_night', 'hash', 'GUARD', 'Noé', 'Sol');
insert into garita.sessions (id, user_id, site_id, issued_at, expires_at, absolute_end) overriding system value values
    (9020, 9020, 9001, clock_timestamp(), clock_timestamp() + interval '7 days', clock_timestamp() + interval '30 days');

create function pg_temp.open(p_user bigint, p_point bigint, p_relieves bigint[] default '{}') returns text language sql as $$
    select pg_temp.answer(p_user, format('select api.open_shift(%s, %L)', p_point, p_relieves))
$$;
-- The open shifts of the site: guard at gate.
create function pg_temp.watching() returns text language sql as $$
    select coalesce(string_agg(s.user_id || ' at ' || s.access_point_id, ', ' order by s.user_id), '-')
    from garita.shifts s where s.site_id = 9001 and s.closed_at is null
$$;

select is(pg_temp.outcome(9003, 'select api.open_shift(9001)'), '42501', 'a resident watches no gate');
select is(pg_temp.outcome(9002, 'select api.open_shift(9003)'), 'GA400 access_point', 'a gate out of service');
select is(pg_temp.outcome(9002, 'select api.open_shift(9007)'), 'GA400 access_point', 'a gate of another community');
select is(pg_temp.outcome(9002, 'select api.close_shift()'), 'GA409 shift', 'no shift to end');
select is(pg_temp.outcome(9002, 'select api.write_shift_note(''x'')'), 'GA409 shift', 'no shift to write in');
select is(pg_temp.open(9002, 9001), pg_temp.open(9002, 9001), 'opened twice it is one');
select is(pg_temp.watching(), '9002 at 9001', 'a guard watches a gate');
select is(pg_temp.answer(9002, 'select access_point_name from api.current_shift()'), 'Main', 'and knows which');
select pg_temp.open(9002, 9004);
select is(pg_temp.watching(), '9002 at 9004', 'at another gate it is another shift');
select pg_temp.open(9020, 9004);
select is(pg_temp.watching(), '9002 at 9004, 9020 at 9004', 'two may watch one gate');
select is(pg_temp.answer(9020, $$select string_agg(l.guard || case when l.is_own then ' (me)' else '' end || ' ' || l.access_point_name
    || case when l.closed_at is null then '' else ' ended' end, ', ') from api.list_shifts() l$$),
    'Gil Paz Way in, Noé Sol (me) Way in', 'each sees who watches; a shift that left nothing to read is not shown');
select is(pg_temp.answer(9006, 'select count(*)::text from api.list_shifts()'), '0', 'of the own community');

-- Standing orders are read in each shift, and again after each change.
insert into garita.standing_orders (id, site_id, title, text) overriding system value values
    (9001, 9001, 'One', 'x'), (9002, 9001, 'Two', 'x'), (9003, 9002, 'Elsewhere', 'x');
select is(pg_temp.outcome(9002, 'insert into garita.standing_orders (title, text) values (''x'', ''x'')'), '42501', 'a guard orders nothing');
select is(pg_temp.outcome(9001, 'insert into garita.standing_orders (title, text, is_active) values (''x'', ''x'', false)'), '1', 'an administrator does');
select is(pg_temp.answer(9002, 'select api.acknowledge_orders(array[9001, 9003])::text'), '1', 'an order of another community is none');
select is(pg_temp.answer(9002, 'select string_agg(title, '', '' order by title) from api.unread_orders()'), 'Two', 'what is left to read');
select is(pg_temp.answer(9020, 'select count(*)::text from api.unread_orders()'), '2', 'the other shift has read nothing');
update garita.standing_orders set text = 'y' where id = 9001;
select is(pg_temp.answer(9002, 'select string_agg(title, '', '' order by title) from api.unread_orders()'), 'One, Two', 'a change is read again');
select is(pg_temp.answer(9002, 'select api.acknowledge_orders(array[9001])::text'), '1', 'acknowledged again');
select is(pg_temp.answer(9002, 'select string_agg(title, '', '' order by title) from api.unread_orders()'), 'Two', 'it is read');

-- Notes.
select is(pg_temp.outcome(9002, 'select api.write_shift_note(''  '')'), 'GA400 note', 'a blank note');
select is(pg_temp.outcome(9002, 'select api.write_shift_note(repeat(''x'', 2001))'), 'GA400 note', 'a long one');
select is(pg_temp.outcome(9002, 'select api.write_shift_note(''The lamp is broken'')'), '1', 'a note');
select is(pg_temp.outcome(9002, 'update garita.shift_notes set text = ''No'''), '42501', 'which nobody changes');
select is(pg_temp.outcome(9001, 'delete from garita.shift_notes'), '42501', 'and nobody deletes');

-- What it hands over. Another guard relieves; the figures are those of that moment.
update garita.visitors set status = 'CHECKED_IN', check_in_time = now(), companions = 2 where id = 9001;
update garita.visitors set expected_date = (now() at time zone 'America/Mexico_City')::date where id = 9002;
insert into garita.access_logs ("timestamp", site_id, access_point_id, access_type, access_method, status, warnings)
select clock_timestamp(), 9001, p.point, p.way, p.method, p.status, p.warnings
from (values (9004, 'ENTRY', 'QR_CODE', 'SUCCESS', '{}'::text[]), (9004, 'ENTRY', 'MANUAL', 'SUCCESS', '{emergency}'),
    (9004, 'EXIT', 'QR_CODE', 'SUCCESS', '{}'), (9004, 'ENTRY', 'QR_CODE', 'DENIED', '{}'),
    (9001, 'ENTRY', 'QR_CODE', 'SUCCESS', '{}')) p (point, way, method, status, warnings);
insert into garita.log_corrections (site_id, log_id, log_time, kind, reason)
select 9001, l.id, l."timestamp", 'other', 'x' from garita.access_logs l where l.site_id = 9001 and l.status = 'DENIED'
union all
select 9001, l.id, l."timestamp", 'other', 'x' from garita.access_logs l where l.site_id = 9001 and l.access_point_id = 9001;
create function pg_temp.sum(p_user bigint) returns text language sql as $$
    select pg_temp.answer(p_user, format('select concat_ws('' '', entries, exits, refused, by_hand, emergencies, corrections, inside, people, waiting,
        relieved_by) from api.sum_up_shift(%s)', (select max(s.id) from garita.shifts s where s.user_id = 9002)))
$$;
select is(pg_temp.sum(9002), '2 1 1 1 1 1 1 3 1', 'the figures of a shift that lasts');
select pg_temp.open(9020, 9004, array(select s.id from garita.shifts s where s.user_id = 9002 and s.closed_at is null));
select is(pg_temp.watching(), '9020 at 9004', 'who is relieved watches no more');
select is((select s.revoked_at is null from garita.sessions s where s.id = 9002), true, 'and stays signed in');
update garita.visitors set status = 'CHECKED_OUT' where id = 9001;
select is(pg_temp.sum(9020), '2 1 1 1 1 1 1 3 1 Noé Sol', 'later they are as they were');
select is(pg_temp.outcome(9006, format('select * from api.sum_up_shift(%s)', (select min(s.id) from garita.shifts s where s.site_id = 9001))),
    'GA404 Shift', 'of the own community');
select is(pg_temp.answer(9002, 'select access_point_id || '' '' || relieved_by from api.own_last_shift()'), '9004 Noé Sol', 'who is relieved learns by whom');
select is(pg_temp.answer(9001, 'select count(*)::text from api.own_last_shift()'), '0', 'nothing before the first shift');
select is(pg_temp.answer(9002, $$select string_agg(l.guard, ', ') from api.list_shifts() l where l.closed_at is not null$$), 'Gil Paz', 'a shift without words that left a note');
select is(pg_temp.outcome(9020, 'select api.close_shift(''All quiet'')'), '1', 'a guard ends the own shift');
select is(pg_temp.answer(9002, $$select string_agg(l.handover, '') from api.list_shifts() l$$), 'All quiet', 'and leaves words');

select * from finish();
rollback;
