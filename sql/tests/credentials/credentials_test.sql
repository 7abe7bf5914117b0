-- Whatever anybody changes, the next decision judges what is committed: the copies that decisions read are right after any
-- change of any original by any role, and the quick yes (garita.opens) never disagrees with the reasons (garita.faults).
begin;
\ir ../community.psql
-- Compiling a plan would take longer than all its rows.
set jit = off;

-- Passes of every kind and state, cards, and whatever else they depend on.
insert into garita.schedules (id, site_id, name, weekdays) overriding system value values (9001, 9001, 'S', 127), (9002, 9001, 'T', 1);
select pg_temp.pass('p' || n, 9001 + n % 5, (array['QR', 'NUMERIC', 'ALPHANUMERIC', 'OTP'])[1 + n % 4], 1 + n % 3, 0,
    (n - 9) * interval '1 hour', (n % 7) * interval '20 minutes' + (n - 9) * interval '1 hour' + interval '10 minutes')
from generate_series(0, 17) n \g /dev/null
select pg_temp.key('k' || n, 9003 + n % 3, (array['RFID', 'PIN', 'BIOMETRIC', 'OTHER'])[1 + n % 4]) from generate_series(0, 7) n \g /dev/null
update garita.visitors set sponsor_id = 9003 where id = 9001;
update garita.temporary_codes set schedule_id = 9001 where code_tag in (pg_temp.tag('p1'), pg_temp.tag('p4'));
insert into garita.pass_aliases (site_id, temporary_code_id, kind, code_tag, key_version)
select site_id, id, 'LINK', pg_temp.tag('link'), 1 from garita.temporary_codes where code_tag = pg_temp.tag('p0');

-- A row of a table, drawn.
create function pg_temp.some(p_table text) returns bigint language plpgsql as $$
declare
    v_id bigint;
begin
    execute format('select id from garita.%I where site_id in (9001, 9002) order by random() limit 1', p_table) into v_id;
    return coalesce(v_id, 0);
end
$$;
-- One of several values, drawn, as it is written in SQL.
create function pg_temp.one(variadic p_values text[]) returns text language sql as $$
    select coalesce(quote_literal(p_values[1 + floor(random() * cardinality(p_values))::integer]), 'null')
$$;

-- What can be changed, each with the words that are drawn when it is.
create function pg_temp.change(p_kind integer) returns text language plpgsql as $$
begin
    return case p_kind
        when 0 then format('update garita.visitors set status = %s where id = %s', pg_temp.one('PENDING', 'APPROVED', 'DENIED', 'CHECKED_IN', 'CHECKED_OUT'), pg_temp.some('visitors'))
        when 1 then format('update garita.visitors set first_name = %s, document_id = %s where id = %s', pg_temp.one('Ana', 'Eva'), pg_temp.one('', 'D-1'), pg_temp.some('visitors'))
        when 2 then format('update garita.visitors set unit_id = %s where id = %s', 9001 + floor(random() * 3), pg_temp.some('visitors'))
        when 3 then format('update garita.visitors set resident_id = %s where id = %s', pg_temp.one('9003', '9004', '9005', null), pg_temp.some('visitors'))
        when 4 then format('update garita.visitors set sponsor_id = %s, phone = %s, vehicle_plate = %s where id = %s',
            pg_temp.one('9003', '9004', null), pg_temp.one('', '5512345678'), pg_temp.one('', 'ABC1'), pg_temp.some('visitors'))
        when 5 then format('update garita.residents set is_authorized = not is_authorized where id = %s', pg_temp.some('residents'))
        when 6 then format('update garita.residents set move_out_date = current_date + (%s)::integer where id = %s', pg_temp.one('-1', '0', '1', '9', null), pg_temp.some('residents'))
        when 7 then format('update garita.residents set first_name = %s, phone = %s where id = %s', pg_temp.one('Rosa', 'Rita'), pg_temp.one('5512345678', '5587654321'), pg_temp.some('residents'))
        when 8 then format('update garita.residents set unit_id = %s where id = %s', 9001 + floor(random() * 3), pg_temp.some('residents'))
        when 9 then format('update garita.residents set user_id = null where id = %s', pg_temp.some('residents'))
        when 10 then format('insert into garita.residents (site_id, unit_id, first_name, last_name, document_id, phone) values (9001, %s, %s, %s, %s, %s)',
            9001 + floor(random() * 3), pg_temp.one('Nuevo'), pg_temp.one('Vecino'), quote_literal('N-' || random()), pg_temp.one('5512345677'))
        when 11 then format('delete from garita.residents where id = %s', pg_temp.some('residents'))
        when 12 then format('update garita.users set is_active = not is_active where id = %s', pg_temp.one('9003', '9004', '9008'))
        when 13 then format('update garita.units set number = %s where id = %s', pg_temp.one('101', '102', '103', '201'), pg_temp.some('units'))
        when 14 then format('update garita.units set building_id = %s where id = %s', pg_temp.one('9001', '9002'), pg_temp.some('units'))
        when 15 then format('update garita.buildings set code = %s where id = %s', pg_temp.one('A', 'B', 'C'), pg_temp.some('buildings'))
        when 16 then format('update garita.temporary_codes set valid_until = valid_until + interval %s, max_uses = max_uses + 1 where id = %s', pg_temp.one('1 hour', '1 minute'), pg_temp.some('temporary_codes'))
        when 17 then format('update garita.temporary_codes set is_active = false, revoked_at = now() where id = %s', pg_temp.some('temporary_codes'))
        when 18 then format('update garita.temporary_codes set schedule_id = %s where id = %s', pg_temp.one('9001', null), pg_temp.some('temporary_codes'))
        when 19 then format('insert into garita.temporary_code_points (site_id, temporary_code_id, access_point_id) values (9001, %s, %s)', pg_temp.some('temporary_codes'), pg_temp.some('access_points'))
        when 20 then format('delete from garita.temporary_code_points where access_point_id = %s', pg_temp.some('access_points'))
        when 21 then format('insert into garita.access_code_points (site_id, access_code_id, access_point_id) values (9001, %s, %s)', pg_temp.some('access_codes'), pg_temp.some('access_points'))
        when 22 then format('delete from garita.access_code_points where access_point_id = %s', pg_temp.some('access_points'))
        when 23 then format('update garita.access_codes set is_active = not is_active, expiry_date = current_date + (%s)::integer where id = %s', pg_temp.one('-1', '1', null), pg_temp.some('access_codes'))
        when 24 then format('update garita.access_codes set resident_id = %s, schedule_id = %s where id = %s', pg_temp.some('residents'), pg_temp.one('9002', null), pg_temp.some('access_codes'))
        -- The number of a pass, taken for a card when the pass is spent; and given back.
        when 25 then format('insert into garita.access_codes (site_id, resident_id, code_tag, key_version, code_hint, code_type)
                select r.site_id, r.id, pg_temp.tag(%s), 1, %s, %s from garita.residents r where r.id = %s',
            pg_temp.one('p2', 'p5', 'new' || random()), pg_temp.one('xx'), pg_temp.one('RFID', 'PIN'), pg_temp.some('residents'))
        when 26 then format('delete from garita.access_codes where code_type = %s and id = %s', pg_temp.one('RFID', 'PIN'), pg_temp.some('access_codes'))
        when 27 then format('update garita.access_points set is_active = not is_active, is_exit = true, is_entry = %s, supports_qr = not supports_qr where id = %s', pg_temp.one('t', 'f'), pg_temp.some('access_points'))
        when 28 then format('update garita.access_points set name = %s, building_id = %s where id = %s', quote_literal('Gate ' || random()), pg_temp.one('9001', '9002', null), pg_temp.some('access_points'))
        when 29 then format('insert into garita.access_points (name, code, location) values (%s, %s, %s)', quote_literal('Gate ' || random()), quote_literal(left('G' || random(), 20)), pg_temp.one('x'))
        when 30 then format('update garita.sites set grace_before_minutes = %s, grace_after_minutes = %s, time_zone = %s where id = 9001',
            floor(random() * 60)::integer, floor(random() * 60)::integer, pg_temp.one('America/Mexico_City', 'America/Bogota'))
        when 31 then format('update garita.sites set is_active = %s where id = 9001', pg_temp.one('t', 't', 't', 't', 'f'))
        when 32 then format('select garita.count_failure(9001, %s, array[%s], 9002, false, now() - interval %s, current_date)', pg_temp.some('access_points'), pg_temp.one('typed', 'read'), pg_temp.one('0', '5 minutes'))
        when 33 then format('select api.acknowledge_gate(%s)', pg_temp.some('access_points'))
        when 34 then 'update garita.guess_counts set paused_until = now() + interval ''10 minutes'''
        when 35 then format('select pg_temp.verdict(%s, %s, %s)', pg_temp.one('p0', 'p1', 'p2', 'p3', 'p4', 'p9', 'k0', 'k1', 'link', 'wrong'), pg_temp.some('access_points'), pg_temp.one('ENTRY', 'EXIT'))
        when 36 then format('select api.issue_code(%s, ''QR'', 24, 2, array[pg_temp.tag(%s)], array[''''::bytea || decode(repeat(''00'', 30), ''hex'')], ''{26}'', 1, ''{xx}'')', pg_temp.some('visitors'), quote_literal('i' || random()))
        when 37 then format('select api.revoke_code(%s)', pg_temp.some('temporary_codes'))
        when 38 then format('select api.decide_visit(%s, %s)', pg_temp.some('visitors'), pg_temp.one('approve', 'deny', 'cancel'))
        when 39 then format('insert into garita.blocklist (kind, value, reason) values (%s, %s, %s)', pg_temp.one('plate'), pg_temp.one('ABC1'), pg_temp.one('x'))
    end;
end
$$;

-- As the owner, or as somebody who is logged in; what a rule refuses is no change.
create function pg_temp.try(p_sql text, p_user bigint) returns text language plpgsql as $$
begin
    if p_user is not null then
        return pg_temp.outcome(p_user, p_sql);
    end if;
    execute p_sql;
    return 'done';
exception when others then
    return sqlstate;
end
$$;

create temporary table differences (after integer, change text, what text, count bigint) on commit drop;
create temporary table disagreements (after integer, code_kind text, code_id bigint, point_id bigint, direction text, opens boolean, reasons text[]) on commit drop;
create temporary table opened (count bigint) on commit drop;
create temporary table tried (kind integer, outcome text) on commit drop;
select setseed(0.5) \g /dev/null
do $$
declare
    v_kind integer;
    v_sql text;
    v_user bigint;
    v_now timestamptz;
begin
    for i in 1..400 loop
        v_kind := i % 40;
        v_sql := pg_temp.change(v_kind);
        v_user := (array[null, null, null, 9001, 9001, 9002, 9003, 9006])[1 + floor(random() * 8)];
        -- Functions of the API, which want somebody.
        v_user := case when v_kind in (33, 36, 37, 38, 39) then 9001 when v_kind <> 25 then v_user end;
        insert into tried values (v_kind, pg_temp.try(v_sql, v_user));
        insert into differences select i, v_user || ' ' || v_sql, d.what, d.count from garita.check_copies() d;
        continue when i % 10 <> 0;
        v_now := now() + (random() * 20 - 10) * interval '1 hour';
        insert into opened
        select count(*) from garita.credentials c join garita.gates g on g.site_id = c.site_id and garita.opens(c, g, 'EXIT', v_now);
        insert into disagreements
        select i, (c).code_kind, (c).code_id, (g).point_id, way, garita.opens(c, g, way, v_now), (j).reasons || (j).warnings
        from (
            -- A block list makes each question dear, so some of them are drawn.
            select q as c, p as g, w as way
            from garita.credentials q join garita.gates p on p.site_id = q.site_id
            cross join unnest(array['ENTRY', 'EXIT', 'SIDEWAYS']) w
            where q.code_tag is not null and random() < 0.1 offset 0) drawn
        cross join lateral garita.judge(
            g, true, true, 9002, null, case when (c).code_type = 'OTP' then '{}' else array[(c).code_tag] end,
            case when (c).code_type = 'OTP' then array[(c).code_tag] else '{}' end, 1000000, null, nullif((g).point_id, 0), way, null, v_now) j
        -- Open means no reason; and of what is plain, no reason means open.
        where (coalesce(garita.opens(c, g, way, v_now), false) and (j).reasons || (j).warnings <> '{}'
                or (c).is_plain and (g).is_plain and way <> 'SIDEWAYS' and ((c).point_ids is null or (g).point_id > 0)
                    and not garita.opens(c, g, way, v_now) and (j).reasons || (j).warnings = '{}'
                or not (c).is_plain and (c).code_type <> 'OTP' and (c).schedule_id is null and (c).last_day is null and (c).move_out_date is null
                    and (j).reasons || (j).warnings = '{}');
    end loop;
end
$$;
select is_empty('select * from differences limit 3', 'after each change the copies are right');
select is_empty('select * from disagreements limit 3', 'the quick yes and the reasons agree');
-- What is drawn may be refused by a rule each time; most kinds are not.
select cmp_ok((select count(distinct kind) from tried where outcome !~ '^[0-9A-Z]{5}( |$)'), '>=', 36::bigint, 'nearly every kind of change was made');
select cmp_ok((select sum(count) from opened), '>', 0::numeric, 'some of the codes compared open');

-- What is wrong is told and put right.
update garita.sites set is_active = true where id = 9001;
update garita.credentials set person_name = 'Somebody else', is_revoked = not is_revoked where code_kind = 'temporary';
update garita.gates set readers = 0 where point_id = 9001;
select set_eq('select what from garita.check_copies()', array['credentials', 'gates'], 'outdated copies are counted');
select is((select sum(count) from garita.check_copies()), garita.repair_copies()::numeric, 'and put right');
select is_empty('select * from garita.check_copies()', 'all of them');

select * from finish();
rollback;
