-- Twin of the sums of the log: whatever is summed and whatever is not, they say what counting every row says.
begin;
\ir ../community.psql
\ir recount.psql

-- Rows over some days around both changes of the clock, in a zone that turns it back over midnight.
update garita.sites set time_zone = 'America/Havana' where id = 9001;
select garita.ensure_log_partition(m::date) from generate_series(date '2026-02-01', date '2026-12-01', interval '1 month') m \g /dev/null
select garita.ensure_log_partition((now() - interval '2 days')::date) \g /dev/null
select setseed(0.42) \g /dev/null
insert into garita.access_logs (
    timestamp, site_id, access_type, access_method, status, access_point_id, resident_id, visitor_id, unit_id)
select timestamptz '2026-11-23 10:00+00' - random() * p.span, 9001, (array['ENTRY', 'EXIT'])[1 + floor(random() * 2)],
    (array['RFID', 'QR_CODE', 'OTHER'])[1 + floor(random() * 3)], (array['SUCCESS', 'SUCCESS', 'DENIED'])[1 + floor(random() * 3)],
    (array[9001, 9002, 777, null])[1 + floor(random() * 4)], nullif(9003 + n % 3, 9005), case n % 3 when 2 then 9001 + n % 5 end, 9001
from (values (interval '20 days', 600), (interval '260 days', 900)) p (span, rows), generate_series(1, p.rows) n;
insert into garita.access_logs (timestamp, site_id, access_type, access_method, status)
values (now() - interval '2 days', 9002, 'ENTRY', 'OTHER', 'DENIED');
-- A gate may be called like none; rows of both are one line of the statistics.
update garita.access_points set name = 'None' where id = 9002;
-- The hour that comes twice, and midnights to the microsecond.
insert into garita.access_logs (timestamp, site_id, access_type, access_method, status)
select t, 9001, 'ENTRY', 'RFID', 'SUCCESS' from unnest(array['2026-11-01 03:59:59.999999+00', '2026-11-01 04:00+00', '2026-11-01 04:30+00',
    '2026-11-01 05:00+00', '2026-11-01 05:30+00', '2026-03-08 05:00+00', '2026-03-08 04:59:59.999999+00']::timestamptz[]) t;

-- What the legacy API may have left.
insert into garita.access_logs (timestamp, site_id, access_type, access_method, status)
select timestamptz '2026-11-22 12:00+00' - n * interval '5 days', 9001, 'ENTRY', 'OTHER', 'ERROR' from generate_series(0, 8) n;

-- How many of some random questions are answered otherwise than by counting: none. The sums' own marks are among them.
create function pg_temp.wrong(p_role text) returns bigint language plpgsql as $$
declare
    v_wrong bigint := 0;
    v_from timestamptz; v_to timestamptz; v_point bigint; v_type text; v_status text; v_page bigint; v_answer record; v_ids bigint[]; v_first bigint;
begin
    perform pg_temp.as_role(p_role);
    for i in 1 .. 150 loop
        v_from := case when random() < 0.6 then timestamptz '2026-11-24 00:00+00' - random() * interval '280 days' end;
        v_to := case when random() < 0.4 then timestamptz '2026-11-24 00:00+00' - random() * interval '100 days' end;
        v_from := case when random() < 0.3 then date_trunc('day', v_from) else v_from end;
        v_to := case when random() < 0.3 then date_trunc('day', v_to) else v_to end;
        v_point := (array[9001, 777, 5, 0, -1, -9, null, null, null])[1 + floor(random() * 9)];
        v_type := (array['ENTRY', 'EXIT', 'zzz', '', null, null, null])[1 + floor(random() * 7)];
        v_status := (array['SUCCESS', 'DENIED', '', null, null, null])[1 + floor(random() * 6)];
        v_page := case when random() < 0.1 then null else 1 + floor(random() * 40) end;
        v_ids := pg_temp.look(p_role, v_from, v_to, v_point, v_type, v_status);
        select * into v_answer from pg_temp.page(v_from, v_to, v_point, v_type, v_status, v_page, 20);
        v_first := 1 + (coalesce(v_page, greatest((cardinality(v_ids) + 19) / 20, 1)) - 1) * 20;
        if cardinality(v_ids) <> v_answer.total
            or v_answer.ids <> v_ids[v_first:v_first + 19]
        then
            v_wrong := v_wrong + 1;
            raise warning 'from % to % point % type % status % page %: % of %', v_from, v_to, v_point, v_type, v_status, v_page, v_answer, cardinality(v_ids);
        end if;
    end loop;
    perform set_config('TimeZone', 'UTC', true);
    return v_wrong;
end
$$;
create function pg_temp.check(p_when text) returns setof text language sql as $$
    select is(pg_temp.wrong(r), 0::bigint, p_when || ': lists of ' || r) from unnest('{ADMIN,GUARD}'::text[]) r
    union all
    select is(pg_temp.wrong_statistics(r, d), null, p_when || ': statistics of ' || d || ' days for ' || r)
    from unnest('{ADMIN,GUARD,RESIDENT}'::text[]) r, unnest('{-5,0,1,7,30,45,365}'::integer[]) d
    union all
    select is(pg_temp.wrong_report(f, f + n), 0::bigint, p_when || ': report of ' || n + 1 || ' days from ' || f)
    from (values (date '2026-11-23', 0), ('2026-11-01', 0), ('2026-10-31', 2), ('2026-03-08', 0), ('2026-11-10', 13), ('2026-06-01', 61),
        ('2026-06-01', 62), ('2026-01-01', 364), ('2027-01-01', 3)) p (f, n)
    union all
    select is(pg_temp.wrong_days(f, f + 60), 0::bigint, p_when || ': each day of a report leads to its rows, from ' || f)
    from unnest('{2026-02-15,2026-10-01}'::date[]) f
$$;
select pg_temp.check('nothing summed');
select pg_temp.sum('2026-06-15 12:34:56.789+00') \g /dev/null
select pg_temp.check('half a year summed, the rest not for months');
select pg_temp.sum('2026-11-01 04:45+00') \g /dev/null
select pg_temp.check('summed until the hour that comes twice');
select pg_temp.sum('2026-11-16 10:00+00') \g /dev/null
select pg_temp.check('not summed for a week');
select pg_temp.sum('2026-11-23 09:30+00') \g /dev/null
select pg_temp.check('summed until a moment ago');
select is((select array_agg(starts_at order by starts_at) from garita.log_rollups where site_id = 9001 and access_method = '' and status = '' and access_type = ''
        and access_point_id = -1 and starts_at between '2026-10-31' and '2026-11-02 12:00+00'),
    -- As PostgreSQL reads them: whether Cuba turns its clocks back in 2026 depends on the version of tzdata.
    array['2026-10-31'::timestamp at time zone 'America/Havana', '2026-11-01'::timestamp at time zone 'America/Havana',
        '2026-11-02'::timestamp at time zone 'America/Havana'], 'days begin at the midnight of the wall');

select is(pg_temp.outcome(c.id, c.call), c.outcome, c.situation)
from (values
    ('a resident counts by the own rows', 9003, 'select from api.count_logs(null, null, null, null, null, 1, 20)', '42501'),
    ('nobody reads the sums', 9001, 'select from garita.log_rollups', '42501'),
    ('nor who was seen', 9001, 'select from garita.log_people', '42501'),
    ('nor the days', 9001, 'select from garita.log_day_rollups', '42501'),
    ('a guard gets no report', 9002, 'select api.report_logs(current_date, current_date)', '42501'),
    ('an administrator does', 9006, 'select from api.report_logs(current_date, current_date) where kind = ''day'' and entries + exits + refused + failed = 0', '1'),
    ('a resident brings no sums up to date', 9003, 'select api.roll_up_own_log()', '42501')
) c (situation, id, call, outcome);

-- A look remembers the transactions of its moment; what may still get a neighbour is not summed.
select garita.discard_log_rollups(9001) \g /dev/null
select ok(not garita.roll_up_log(9001, 100), 'the first look only remembers');
-- A part of this transaction that was undone has a higher number and has ended.
savepoint part;
update garita.log_rollup_progress set seen_at = null;
rollback to part;
update garita.log_rollup_progress set seen_transaction = (pg_current_xact_id()::text::bigint + 1)::text::xid8, seen_at = '2026-11-23 09:30+00';
select ok(not garita.roll_up_log(9001, 100), 'a transaction of lower number has not ended: this one');
select is((select seen_at from garita.log_rollup_progress where site_id = 9001), '2026-11-23 09:30+00', 'so the look stays as it was');
update garita.log_rollup_progress set seen_transaction = '9000000000000000';
select ok(not garita.roll_up_log(9001, 100), 'a number of another cluster, as a restore brings it');
select is((select seen_transaction from garita.log_rollup_progress where site_id = 9001), pg_current_xact_id(), 'is not waited for: it looks anew');
update garita.log_rollup_progress set seen_transaction = pg_snapshot_xmin(pg_current_snapshot()), seen_at = '2026-11-23 09:30+00';
select ok(garita.roll_up_log(9001, 100), 'once all have ended it sums');
select is((select total from garita.log_rollups where site_id = 9001 and access_method = '' and status = '' and access_type = '' and access_point_id = -1
    order by starts_at desc limit 1), 100::bigint, 'so many rows at once');
select pg_temp.check('summed by steps');
select is(garita.refresh_log_rollups(), 0, 'the sums agree with the log');
insert into garita.access_logs (timestamp, site_id, access_type, access_method, status) values ('2026-03-01', 9001, 'ENTRY', 'OTHER', 'DENIED');
select is(garita.refresh_log_rollups(), 1, 'a row written behind them is found');
select pg_temp.check('after that');
update garita.sites set time_zone = 'Asia/Kathmandu' where id = 9001;
select is((select count(*) from garita.log_rollups where site_id = 9001) + (select count(*) from garita.log_day_rollups where site_id = 9001), 0::bigint, 'another time zone has other days');

select * from finish();
rollback;
