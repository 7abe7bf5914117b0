-- The data set of the bench, as superuser, into the demo community. Variables: temporary, permanent, gates.
-- bench.codes (number, tag) was filled by COPY: 1..temporary are visitors' codes, the rest residents'.

\set ON_ERROR_STOP on
-- Neither triggers nor foreign keys: what they would check is true by construction.
set session_replication_role = replica;

select min(id) as site from garita.sites \gset

insert into garita.buildings (site_id, name, code, floors, units_per_floor)
select :site, 'Bench ' || n, 'BN' || n, 25, 5 from generate_series(1, 10) n;

insert into garita.units (site_id, building_id, number, floor)
select :site, b.id, n::text, n / 100 from garita.buildings b, generate_series(1, 125) n where b.code like 'BN%';

create table bench.units as
select u.id, b.code || '-' || u.number as display, row_number() over (order by u.id) - 1 as place
from garita.units u join garita.buildings b on b.id = u.building_id where b.code like 'BN%';
create unique index on bench.units (place);

insert into garita.residents (site_id, unit_id, first_name, last_name, document_id, phone, move_in_date)
select :site, u.id, 'Residente', 'Número ' || n, 'BENCH' || n, '+52 55 1234 5678', current_date - 400
from generate_series(1, :permanent) n join bench.units u on u.place = n % 1250;

create table bench.residents as
select id, unit_id, row_number() over (order by id) as place from garita.residents where document_id like 'BENCH%';
create unique index on bench.residents (place);

-- They are inside already, so that each entry costs the same: only the first one of a visit also writes the visit.
insert into garita.visitors (site_id, first_name, last_name, document_id, phone, status, unit_id, resident_id,
    expected_date, check_in_time)
select :site, 'Visitante', 'Número ' || n, 'VIS' || n, '+52 55 8765 4321', 'CHECKED_IN', r.unit_id, r.id, current_date,
    clock_timestamp()
from generate_series(1, :temporary) n join bench.residents r on r.place = n % :permanent + 1 order by n;

create table bench.visitors as
select id, unit_id, row_number() over (order by id) as place from garita.visitors where last_name like 'Número %';
create unique index on bench.visitors (place);

insert into garita.temporary_codes (site_id, visitor_id, code_tag, key_version, code_hint, code_type, valid_from,
    valid_until, max_uses)
select :site, v.id, c.tag, 1, c.hint, 'ALPHANUMERIC', clock_timestamp() - interval '1 day',
    clock_timestamp() + interval '30 days', 1000000
from bench.codes c join bench.visitors v on v.place = c.number where c.number <= :temporary order by c.number;

insert into garita.access_codes (site_id, resident_id, code_tag, key_version, code_hint, code_type)
select :site, r.id, c.tag, 1, c.hint, 'RFID'
from bench.codes c join bench.residents r on r.place = c.number - :temporary where c.number > :temporary
order by c.number;

insert into garita.access_points (site_id, name, code, location, supports_qr, supports_rfid, supports_numeric)
select :site, 'Bench ' || n, 'BENCH-' || n, 'Acceso ' || n, true, true, true from generate_series(1, :gates) n;

-- What a log row says, beside its time; one in twenty is a resident's.
create table bench.templates as
select c.number - 1 as place, :site as site_id,
    case when c.number % 20 = 0 then r.id end as resident_id,
    case when c.number % 20 <> 0 then v.id end as visitor_id, v.unit_id,
    'Visitante Número ' || c.number as person_name,
    'VIS' || c.number as person_document, u.display as unit_display, p.id as access_point_id,
    p.name as access_point_name, case c.number % 2 when 0 then 'ENTRY' else 'EXIT' end as access_type,
    c.tag as code_tag, md5(c.number::text) as request_id
from bench.codes c
join bench.visitors v on v.place = c.number
join bench.units u on u.id = v.unit_id
join bench.residents r on r.place = c.number % :permanent + 1
join (select id, name, row_number() over () - 1 as place from garita.access_points where code like 'BENCH-%') p
    on p.place = c.number % :gates;
create unique index on bench.templates (place);
analyze bench.templates;

-- The months of the log that hold rows: 365 days until now, in UTC as the partitions are.
create table bench.months as
select m::date as month, 'access_logs_' || to_char(m, 'YYYYMM') as name, now() - interval '365 days' as since,
    m at time zone 'UTC' as starts_at, (m + interval '1 month') at time zone 'UTC' as ends_at
from generate_series(
    date_trunc('month', (now() - interval '365 days') at time zone 'UTC'),
    date_trunc('month', now() at time zone 'UTC'), interval '1 month') m;

-- The installation's own tables of these months make room for those of the bench.
select format('alter table garita.access_logs detach partition garita.%1$I; drop table garita.%1$I;', name)
from bench.months where to_regclass('garita.' || name) is not null \gexec

-- Makes in schema p_size what a log of p_rows rows holds of one month.
create procedure bench.fill(p_size text, p_month date, p_rows bigint) language plpgsql as $$
declare
    v_month bench.months;
    v_seconds double precision := 365 * 86400.0 / p_rows;
begin
    select * into v_month from bench.months where month = p_month;
    execute format(
        'create table %I.%I (like garita.access_logs including defaults including constraints)', p_size, v_month.name);
    execute format('alter table %I.%I owner to garita_owner', p_size, v_month.name);
    execute format(
        'insert into %I.%I ("timestamp", created_at, site_id, resident_id, visitor_id, unit_id, person_name,
            person_document, unit_display, access_point_id, access_point_name, access_type, access_method, code_hint,
            code_tag, status, authorized_by, request_id, ip_address)
        select t.at, t.at, r.site_id, r.resident_id, r.visitor_id, r.unit_id, r.person_name, r.person_document,
            r.unit_display, r.access_point_id, r.access_point_name, r.access_type, %L, %L, r.code_tag, %L, 2,
            r.request_id, %L
        from generate_series($1, $2) n
        cross join lateral (select $3 + make_interval(secs => n * $4) as at) t
        join bench.templates r on r.place = n %% (select count(*) from bench.templates)
        where t.at >= $5 and t.at < least($6, $3 + %L)',
        p_size, v_month.name, 'ALPHANUMERIC_CODE', '42', 'SUCCESS', '127.0.0.1', interval '365 days')
    using
        floor(extract(epoch from v_month.starts_at - v_month.since) / v_seconds)::bigint,
        ceil(extract(epoch from v_month.ends_at - v_month.since) / v_seconds)::bigint,
        v_month.since, v_seconds, greatest(v_month.starts_at, v_month.since), v_month.ends_at;
end
$$;

-- Exchanges the log for one of another size: p_hidden is the schema that keeps the present one.
create procedure bench.show(p_hidden text, p_shown text) language plpgsql as $$
declare
    v_month bench.months;
begin
    for v_month in select * from bench.months order by month loop
        if to_regclass('garita.' || v_month.name) is not null then
            execute format('alter table garita.access_logs detach partition garita.%I', v_month.name);
            execute format('alter table garita.%I set schema %I', v_month.name, p_hidden);
        end if;
        execute format('alter table %I.%I set schema garita', p_shown, v_month.name);
        execute format(
            'alter table garita.access_logs attach partition garita.%I for values from (%L) to (%L)',
            v_month.name, v_month.starts_at, v_month.ends_at);
    end loop;
end
$$;
