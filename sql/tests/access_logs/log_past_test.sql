-- Twins of api.outbox_note_swipe and garita.log_past: what a device decided by itself is logged once, at its time.
begin;
\ir ../community.psql

insert into garita.doors (id, site_id, access_point_id, name, direction, driver) overriding system value values
    (9001, 9001, 9001, 'Main', 'BOTH', 'uhppote'), (9002, 9001, 9005, 'Out', 'EXIT', 'uhppote');
select pg_temp.key('card', 9003) as card
\gset
create function pg_temp.swipe(
    p_index bigint, p_code text default 'card', p_granted boolean default true, p_exit boolean default false,
    p_wall text default null, p_door bigint default 9001, p_epoch bigint default 0) returns text language sql as $$
    select case when api.outbox_note_swipe(
        p_door, '405419896', p_epoch, p_index, p_granted, p_exit, array[pg_temp.tag('no'), pg_temp.tag(p_code)], '00', p_wall,
        '{"reason": 1}') is null then 'no row' else 'logged' end
$$;
create function pg_temp.last() returns text language sql as $$
    select concat_ws(' ', l.access_type, l.status, l.access_method, l.person_name, l.access_point_name, l.warnings::text, l.notes)
    from garita.access_logs l where l.site_id = 9001 order by l.id desc limit 1
$$;

select is(pg_temp.swipe(1), 'logged', 'a known card that was let through');
select is(pg_temp.last(), 'ENTRY SUCCESS RFID Rosa Mar Main {} Decided by device 405419896 (event 1)', 'with who and where');
select is(pg_temp.swipe(1), 'no row', 'is logged once');
select is(pg_temp.swipe(1, p_epoch => 1), 'logged', 'the count of the device has begun anew: another event');
select is(pg_temp.swipe(2, 'unknown'), 'no row', 'a card that is nobody''s');
select is(pg_temp.swipe(3, p_granted => false), 'no row', 'one that was refused');
select is(pg_temp.swipe(4, p_exit => true), 'logged', 'out');
select is(split_part(pg_temp.last(), ' ', 1), 'EXIT', 'by the reader');
select is(pg_temp.swipe(5, p_door => 9002), 'logged', 'at a way out');
select is(split_part(pg_temp.last(), ' ', 1), 'EXIT', 'by the door');
select is((select string_agg(e.kind || ' ' || (e.details ? 'access_code')::text, ', ' order by e.id) from garita.door_events e where e.door_id = 9001),
    'granted true, granted true, granted false, denied true, granted true', 'all are events, each once');

select is(pg_temp.swipe(6, p_wall => to_char((clock_timestamp() - interval '5 hours') at time zone 'America/Mexico_City', 'YYYY-MM-DD HH24:MI:SS')),
    'logged', 'what happened hours ago');
select is((select count(*) from garita.access_logs l where l.site_id = 9001
    and l."timestamp" between clock_timestamp() - interval '5 hours 1 minute' and clock_timestamp() - interval '4 hours 59 minutes'), 1::bigint,
    'stands at its time, by the wall of the site');
insert into garita.log_rollup_progress (site_id, rolled_up_until) values (9001, clock_timestamp() - interval '1 hour');
select is(pg_temp.swipe(7, p_wall => to_char((clock_timestamp() - interval '5 hours') at time zone 'America/Mexico_City', 'YYYY-MM-DD HH24:MI:SS')),
    'logged', 'before what was summed up');
select is_empty($$select from garita.log_rollup_progress where site_id = 9001$$, 'is counted anew');
select is(pg_temp.swipe(8, p_wall => '2000-01-01 00:00:00'), 'logged', 'a clock that cannot be right');
select is(pg_temp.swipe(9, p_wall => '2090-01-01 00:00:00'), 'logged', 'nor in the future');
select is((select max(l."timestamp") <= clock_timestamp() and min(l."timestamp") > clock_timestamp() - interval '6 hours' from garita.access_logs l where l.site_id = 9001),
    true, 'counts as now');
update garita.access_codes set is_active = false where id = :card;
select is(pg_temp.swipe(10), 'logged', 'a card that was revoked and not taken off in time');
select is(pg_temp.last(), 'ENTRY SUCCESS RFID Rosa Mar Main {revoked} Decided by device 405419896 (event 10)', 'says so');

select is(api.outbox_wall_clock(9001) - extract(epoch from clock_timestamp() at time zone 'America/Mexico_City')::bigint between -2 and 2, true,
    'the wall of the site');

select * from finish();
rollback;
