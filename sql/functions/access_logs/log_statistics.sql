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
    v_is_rolled_up boolean;
    v_first timestamptz;
    v_last timestamptz;
    v_people jsonb;
begin
    if coalesce(garita.current_role_name(), '') not in ('ADMIN', 'GUARD') then
        v_units := garita.current_unit_ids();
    end if;
    v_window := garita.log_window(v_since, null);
    v_is_rolled_up := v_window.rollups_until > v_window.rollups_from;
    if v_is_rolled_up then
        v_last := garita.log_day_before(v_site, v_window.rollups_until);
        v_first := garita.log_day_before(v_site, v_window.rollups_from);
    end if;

    with rows as materialized (
        select r.*, true as is_new, 1 as sign
        from garita.log_groups(v_site, v_units, v_window.rollups_until, 'infinity') r
        union all
        select r.*, false, v_window.edge_sign
        from garita.log_groups(v_site, v_units, v_window.edge_from, v_window.edge_until) r
        where v_window.edge_sign <> 0
    ), pieces as materialized (
        select coalesce(r.method, '') as method, coalesce(r.status, '') as status, coalesce(r.direction, '') as direction,
            coalesce(r.point, -1) as point, sum(r.sign * r.rows)::bigint as rows
        from rows r
        group by grouping sets ((), (r.method), (r.status), (r.direction), (r.point))
    ), kinds (method, status, direction, point, name) as materialized (
        values ('', '', '', -1::bigint, ''), ('', 'SUCCESS', '', -1, ''), ('', 'DENIED', '', -1, ''),
            ('', '', 'ENTRY', -1, ''), ('', '', 'EXIT', -1, ''), ('QR_CODE', '', '', -1, ''), ('RFID', '', '', -1, ''),
            ('NUMERIC_CODE', '', '', -1, ''), ('ALPHANUMERIC_CODE', '', '', -1, ''), ('MANUAL', '', '', -1, ''),
            ('BIOMETRIC', '', '', -1, ''), ('OTHER', '', '', -1, '')
        union all
        select '', '', '', a.id, a.name from garita.access_points a where a.site_id = v_site
    ), found as materialized (
        select k.method, k.status, k.direction, k.point, k.name,
            coalesce(l.total, 0) - coalesce(f.total, 0) + coalesce(p.rows, 0) as rows
        from kinds k
        left join pieces p
            on p.method = k.method and p.status = k.status and p.direction = k.direction and p.point = k.point
        left join garita.log_rollups l
            on l.site_id = v_site and l.starts_at = v_last and l.access_method = k.method and l.status = k.status
                and l.access_type = k.direction and l.access_point_id = k.point
        left join garita.log_rollups f
            on f.site_id = v_site and f.starts_at = v_first and f.access_method = k.method and f.status = k.status
                and f.access_type = k.direction and f.access_point_id = k.point
    ), points as (
        select f.name, f.rows from found f where f.point >= 0
        union all
        -- As in the legacy API, rows of no gate and of deleted ones; an attempt without a gate has none.
        select 'None', (select a.rows from found a where a.point = -1 and a.method || a.status || a.direction = '')
            - coalesce((select sum(b.rows) from found b where b.point >= 0), 0)
    )
    select coalesce((select sum(r.rows) from rows r where r.is_new and v_units is null), 0)::bigint, jsonb_build_object(
        'total_accesses',
            coalesce(sum(f.rows) filter (where f.method || f.status || f.direction = '' and f.point = -1), 0),
        'successful_accesses', coalesce(sum(f.rows) filter (where f.status = 'SUCCESS'), 0),
        'denied_accesses', coalesce(sum(f.rows) filter (where f.status = 'DENIED'), 0),
        'entries', coalesce(sum(f.rows) filter (where f.direction = 'ENTRY'), 0),
        'exits', coalesce(sum(f.rows) filter (where f.direction = 'EXIT'), 0),
        'by_access_method',
            coalesce(jsonb_object_agg(f.method, f.rows) filter (where f.method <> '' and f.rows > 0), '{}'),
        'by_access_point',
            coalesce((
                -- By name, as in the legacy API: a gate may be called like none.
                select jsonb_object_agg(n.name, n.rows)
                from (select p.name, sum(p.rows) as rows from points p group by p.name) n
                where n.rows > 0), '{}'))
    into counted, figures
    from found f;

    -- New rows are few: one probe for each of their people.
    with seen as (
        select n.kind, n.id from garita.log_people_of(v_site, v_units, v_window.rollups_until, 'infinity') n
        where counted > 0 or v_units is not null
    ), counts (kind, people) as (
        select n.kind, count(*) from seen n
        where not v_is_rolled_up or coalesce((
            select p.last_seen from garita.log_people p
            where p.site_id = v_site and p.kind = n.kind and p.person_id = n.id), '-infinity') < v_window.since
        group by n.kind
        union all
        select d.kind, sum(d.people) from garita.log_people_rollups d
        where d.site_id = v_site and d.starts_at >= v_window.rollups_from and v_is_rolled_up
        group by d.kind
        union all
        select p.kind, v_window.edge_sign * count(*) from garita.log_people p
        where p.site_id = v_site and p.last_seen >= v_window.edge_from and p.last_seen < v_window.edge_until
            and v_is_rolled_up
        group by p.kind
    )
    select jsonb_build_object(
        'unique_residents', coalesce(sum(c.people) filter (where c.kind = 'resident'), 0),
        'unique_visitors', coalesce(sum(c.people) filter (where c.kind = 'visitor'), 0))
    into v_people
    from counts c;
    figures := figures || v_people;
    return next;
end
$$;

comment on function api.log_statistics(integer) is
    'Statistics of the last p_days times 24 hours, of all that the caller may see, and how many rows had to be counted '
    'because they are not rolled up yet.';
grant execute on function api.log_statistics(integer) to garita_admin, garita_guard, garita_resident;
