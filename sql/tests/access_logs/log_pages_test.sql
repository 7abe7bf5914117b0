-- Property of the log's lists: while rows are written and summed in any order, the pages of every list lie end to end: each row on
-- one page and none on two, as many as the count says; statistics and reports count the same rows. The seed is shown; to
-- go the same way again: PGOPTIONS='-c garita.seed=0.123' Tests/sql.sh sql/tests/access_logs/log_pages_test.sql
begin;
\ir ../community.psql
\ir recount.psql
select coalesce(nullif(current_setting('garita.seed', true), ''), round(random()::numeric, 6)::text) as seed \gset
select setseed(:seed) \g /dev/null
select garita.ensure_log_partition((now() - make_interval(months => n))::date) from generate_series(-1, 10) n \g /dev/null

-- Rows between two moments, so many.
create function pg_temp.write(p_from timestamptz, p_until timestamptz, p_rows bigint) returns void language sql as $$
    insert into garita.access_logs (timestamp, site_id, access_type, access_method, status, access_point_id, resident_id, visitor_id, unit_id)
    select p_from + random() * (p_until - p_from), 9001, (array['ENTRY', 'EXIT'])[1 + floor(random() * 2)],
        (array['RFID', 'QR_CODE', 'OTHER'])[1 + floor(random() * 3)],
        (array['SUCCESS', 'SUCCESS', 'SUCCESS', 'DENIED', 'ERROR'])[1 + floor(random() * 5)], (array[9001, 9001, 9002, 777, null])[1 + floor(random() * 5)],
        (array[9003, 9004, null])[1 + floor(random() * 3)], (array[9001, 9002, null])[1 + floor(random() * 3)], (array[9001, 9002, null])[1 + floor(random() * 3)]
    from generate_series(1, p_rows)
$$;

-- One list, all of its pages; null when they lie end to end.
create function pg_temp.gap(p_role text, p_clock timestamptz) returns text language plpgsql as $$
declare
    v_from timestamptz := case when random() < 0.4 then p_clock - random() * random() * interval '240 days' end;
    v_to timestamptz := case when random() < 0.4 then p_clock - random() * random() * random() * interval '60 days' end;
    v_point bigint := (array[9001, 777, null, null, null])[1 + floor(random() * 5)];
    v_type text := (array['ENTRY', null, null])[1 + floor(random() * 3)];
    v_status text := (array['DENIED', null, null])[1 + floor(random() * 3)];
    v_size bigint := 5 + floor(random() * 96);
    v_true bigint[];
    v_seen bigint[] := '{}';
    v_page record;
begin
    perform pg_temp.as_role(p_role);
    v_from := case when random() < 0.3 then date_trunc('day', v_from) else v_from end;
    v_true := pg_temp.look(p_role, v_from, v_to, v_point, v_type, v_status);
    for n in 1 .. greatest((cardinality(v_true) + v_size - 1) / v_size, 1) loop
        select * into v_page from pg_temp.page(v_from, v_to, v_point, v_type, v_status, n, v_size);
        v_seen := v_seen || v_page.ids;
        exit when v_page.total <> cardinality(v_true) or v_seen <> v_true[1:cardinality(v_seen)];
    end loop;
    perform set_config('TimeZone', 'UTC', true);
    return case when v_page.total <> cardinality(v_true) or v_seen <> v_true then
        format('%s from %s to %s gate %s %s %s, %s a page: %s rows, count %s, wrong from row %s', p_role, v_from, v_to, v_point, v_type, v_status,
            v_size, cardinality(v_true), v_page.total, cardinality(v_seen)) end;
end
$$;

-- Time goes by in steps of any length, and each brings rows, or sums, or another time zone. What is said after it is compared.
create function pg_temp.live(p_steps integer) returns setof text language plpgsql as $$
declare
    c_zones constant text[] := '{America/Havana,America/Mexico_City,Europe/Madrid,Africa/Cairo,Pacific/Chatham}';
    v_clock timestamptz := now() - interval '4 days';
    v_step timestamptz;
    v_what text;
    v_role text;
    v_fault text;
begin
    perform pg_temp.write(v_clock - interval '240 days', v_clock, 500), pg_temp.write(v_clock - interval '9 days', v_clock, 300);
    for n in 1 .. p_steps loop
        v_step := least(v_clock + random() * random() * (now() - v_clock), now());
        v_what := (array['write', 'write', 'burst', 'sum', 'sum', 'sum all', 'zone'])[1 + floor(random() * 7)];
        if v_what in ('write', 'burst') then
            perform pg_temp.write(v_clock, v_step, case v_what when 'burst' then 150 else 1 + floor(random() * 40)::bigint end);
            v_clock := v_step;
        elsif v_what = 'sum' then
            perform pg_temp.sum(v_clock - random() * random() * interval '5 days');
        elsif v_what = 'sum all' then
            perform pg_temp.sum(v_clock);
        elsif random() < 0.3 then
            update garita.sites set time_zone = c_zones[1 + floor(random() * 5)] where id = 9001;
        end if;
        v_role := (array['ADMIN', 'GUARD'])[1 + n % 2];
        v_fault := coalesce(
            pg_temp.gap(v_role, v_clock),
            pg_temp.wrong_statistics((array['ADMIN', 'GUARD', 'RESIDENT'])[1 + n % 3], (array[1, 3, 7, 30, 100])[1 + floor(random() * 5)])::text,
            'lines of a report: ' || nullif(pg_temp.wrong_report((v_clock - random() * interval '100 days')::date, v_clock::date), 0),
            'days of a report: ' || nullif(pg_temp.wrong_days(v_clock::date - 40 * (n % 5), v_clock::date - 40 * (n % 5) + 40), 0));
        if v_fault is not null then
            return next format('step %s (%s): %s', n, v_what, v_fault);
        end if;
    end loop;
end
$$;
select is_empty('select pg_temp.live(40)', 'pages, counts, statistics and reports agree at every step (seed ' || :'seed' || ')');

select * from finish();
rollback;
