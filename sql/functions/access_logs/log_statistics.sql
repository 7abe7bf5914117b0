-- Different people are not a sum of days: somebody who came on two days is one. But whoever was seen in a time that ends
-- now was seen last in it, so those seen last on each day add up (garita.log_people).
create or replace function api.log_statistics(p_days integer)
returns table (counted bigint, figures jsonb)
language plpgsql stable security definer
set search_path = garita, pg_temp
set plan_cache_mode = force_generic_plan
-- A plan for any stretch of time takes each for a third of the log: it would read months whole, and compile itself.
set enable_seqscan = off
set jit = off
rows 1
as $$
declare
    v_since timestamptz := now() - make_interval(hours => 24 * p_days);
    v_site bigint := garita.current_site_id();
    v_units bigint[];
    v_window record;
    v_is_summed boolean;
    v_people jsonb;
begin
    if coalesce(garita.current_role_name(), '') not in ('ADMIN', 'GUARD') then
        v_units := garita.current_unit_ids();
    end if;
    v_window := garita.log_window(v_since, null);
    v_is_summed := v_window.sums_until > v_window.sums_from;

    with rows as (
        select l.access_method, l.status, l.access_type, coalesce(l.access_point_id, 0) as access_point_id, 1 as sign
        from garita.access_logs l
        where l.site_id = v_site and l."timestamp" >= v_window.sums_until and v_units is null
        union all
        select l.access_method, l.status, l.access_type, coalesce(l.access_point_id, 0), v_window.edge_sign
        from garita.access_logs l
        where l.site_id = v_site and l."timestamp" >= v_window.edge_from and l."timestamp" < v_window.edge_until
        union all
        select l.access_method, l.status, l.access_type, coalesce(l.access_point_id, 0), 1
        from garita.access_logs l
        where l.unit_id = any (v_units) and l.site_id = v_site and l."timestamp" >= v_window.since
    ), pieces as materialized (
        select coalesce(r.access_method, '') as method, coalesce(r.status, '') as status,
            coalesce(r.access_type, '') as type, coalesce(r.access_point_id, -1) as point,
            sum(r.sign)::bigint as rows
        from rows r
        group by grouping sets ((), (r.access_method), (r.status), (r.access_type), (r.access_point_id))
    ), kinds (method, status, type, point) as (
        values ('', '', '', -1::bigint), ('', 'SUCCESS', '', -1), ('', 'DENIED', '', -1), ('', '', 'ENTRY', -1),
            ('', '', 'EXIT', -1), ('QR_CODE', '', '', -1), ('RFID', '', '', -1), ('NUMERIC_CODE', '', '', -1),
            ('ALPHANUMERIC_CODE', '', '', -1), ('MANUAL', '', '', -1), ('BIOMETRIC', '', '', -1), ('OTHER', '', '', -1)
        union all
        select '', '', '', a.id from garita.access_points a where a.site_id = v_site
    ), found as materialized (
        select k.method, k.status, k.type, k.point,
            coalesce(u.total, 0) - coalesce(f.total, 0) + coalesce(p.rows, 0) as rows
        from kinds k
        left join pieces p
            on p.method = k.method and p.status = k.status and p.type = k.type and p.point = k.point
        left join lateral (
            select s.total from garita.log_sums s
            where s.site_id = v_site and s.access_method = k.method and s.status = k.status and s.access_type = k.type
                and s.access_point_id = k.point and s.starts_at < v_window.sums_until and v_is_summed
            order by s.starts_at desc limit 1) u on true
        left join lateral (
            select s.total from garita.log_sums s
            where s.site_id = v_site and s.access_method = k.method and s.status = k.status and s.access_type = k.type
                and s.access_point_id = k.point and s.starts_at < v_window.sums_from and v_is_summed
            order by s.starts_at desc limit 1) f on true
    ), points as (
        select a.name, f.rows from found f join garita.access_points a on a.id = f.point
        union all
        -- As in the original, rows of no gate and of deleted ones; an attempt without a gate has none.
        select 'None', (select a.rows from found a where a.point = -1 and a.method || a.status || a.type = '')
            - coalesce((select sum(b.rows) from found b where b.point >= 0), 0)
    )
    select jsonb_build_object(
        'total_accesses', coalesce(sum(f.rows) filter (where f.method || f.status || f.type = '' and f.point = -1), 0),
        'successful_accesses', coalesce(sum(f.rows) filter (where f.status = 'SUCCESS'), 0),
        'denied_accesses', coalesce(sum(f.rows) filter (where f.status = 'DENIED'), 0),
        'entries', coalesce(sum(f.rows) filter (where f.type = 'ENTRY'), 0),
        'exits', coalesce(sum(f.rows) filter (where f.type = 'EXIT'), 0),
        'by_access_method',
            coalesce(jsonb_object_agg(f.method, f.rows) filter (where f.method <> '' and f.rows > 0), '{}'),
        'by_access_point',
            coalesce((select jsonb_object_agg(p.name, p.rows) from points p where p.rows > 0), '{}'))
    into figures
    from found f;

    with seen as (
        select p.kind, p.id
        from garita.access_logs l
        cross join lateral (values ('resident', l.resident_id), ('visitor', l.visitor_id)) p (kind, id)
        where l.site_id = v_site and l."timestamp" >= v_window.sums_until and v_units is null and p.id is not null
        union
        select p.kind, p.id
        from garita.access_logs l
        cross join lateral (values ('resident', l.resident_id), ('visitor', l.visitor_id)) p (kind, id)
        where l.unit_id = any (v_units) and l.site_id = v_site and l."timestamp" >= v_window.since and p.id is not null
    ), counts (kind, people) as (
        select n.kind, count(*) from seen n
        -- One probe for each of few, never the whole table: hence no join.
        where not v_is_summed or coalesce((
            select p.last_seen from garita.log_people p
            where p.site_id = v_site and p.kind = n.kind and p.person_id = n.id), '-infinity') < v_window.since
        group by n.kind
        union all
        select d.kind, sum(d.people) from garita.log_people_sums d
        where d.site_id = v_site and d.starts_at >= v_window.midnight and v_is_summed
        group by d.kind
        union all
        select p.kind, count(*) from garita.log_people p
        where p.site_id = v_site and p.kind in ('resident', 'visitor') and p.last_seen >= v_window.since
            and p.last_seen < v_window.midnight and v_is_summed
        group by p.kind
    )
    select jsonb_build_object(
        'unique_residents', coalesce(sum(c.people) filter (where c.kind = 'resident'), 0),
        'unique_visitors', coalesce(sum(c.people) filter (where c.kind = 'visitor'), 0))
    into v_people
    from counts c;
    figures := figures || v_people;

    select count(*) into counted from garita.access_logs l
    where l.site_id = v_site and l."timestamp" >= v_window.sums_until and v_units is null;
    return next;
end
$$;

comment on function api.log_statistics(integer) is
    'What happened in the last so many times 24 hours, of all that the caller may see, and how many rows had to be '
    'counted because they are not summed yet.';
grant execute on function api.log_statistics(integer) to garita_admin, garita_guard, garita_resident;
