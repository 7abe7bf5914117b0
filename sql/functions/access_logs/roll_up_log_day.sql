create or replace function garita.roll_up_log_day(
    p_site_id bigint, p_starts_at timestamptz, p_ends_at timestamptz, p_from timestamptz, p_until timestamptz)
returns void
language plpgsql volatile
-- The tables grow while they are filled: with old statistics the planner would read them whole for every day.
set enable_seqscan = off
set enable_mergejoin = off
set enable_hashjoin = off
set jit = off
as $$
begin
    with groups as materialized (
        select l.access_method as method, l.status, l.access_type as direction,
            coalesce(l.access_point_id, 0) as point, count(*) as rows
        from garita.access_logs l
        where l.site_id = p_site_id and l."timestamp" >= p_from and l."timestamp" < p_until
        group by 1, 2, 3, 4
    ), sums as (
        select '' as method, coalesce(g.status, '') as status, coalesce(g.direction, '') as direction,
            coalesce(g.point, -1) as point, sum(g.rows) as rows
        from groups g group by cube (g.status, g.direction, g.point) having count(*) > 0
        union all
        select g.method, '', '', -1, sum(g.rows) from groups g group by g.method
    ), latest as materialized (
        -- Totals so far; of this day, when part of it was rolled up before.
        select l.* from garita.log_rollups l
        where l.site_id = p_site_id and l.starts_at = (
            select max(d.starts_at) from garita.log_rollups d where d.site_id = p_site_id)
    )
    insert into garita.log_rollups as t (
        site_id, access_method, status, access_type, access_point_id, starts_at, ends_at, total)
    select p_site_id, coalesce(s.method, l.access_method), coalesce(s.status, l.status),
        coalesce(s.direction, l.access_type), coalesce(s.point, l.access_point_id), p_starts_at, p_ends_at,
        coalesce(l.total, 0) + coalesce(s.rows, 0)
    from sums s
    full join latest l
        on l.access_method = s.method and l.status = s.status and l.access_type = s.direction
            and l.access_point_id = s.point
    on conflict (site_id, access_method, status, access_type, access_point_id, starts_at)
        do update set total = excluded.total where t.total <> excluded.total;

    with seen as materialized (
        select p.kind, p.id, max(l."timestamp") as last_seen
        from garita.access_logs l
        cross join lateral (values ('resident', l.resident_id), ('visitor', l.visitor_id)) p (kind, id)
        where l.site_id = p_site_id and l."timestamp" >= p_from and l."timestamp" < p_until and p.id is not null
        group by p.kind, p.id
    ), earlier as materialized (
        -- One probe for each, whatever the planner thinks of the table's size: hence no join.
        select s.kind, (
            select o.starts_at from garita.log_people o
            where o.site_id = p_site_id and o.kind = s.kind and o.person_id = s.id) as starts_at
        from seen s
    ), moved as (
        insert into garita.log_people (site_id, kind, person_id, last_seen, starts_at)
        select p_site_id, s.kind, s.id, s.last_seen, p_starts_at from seen s
        on conflict (site_id, kind, person_id)
            do update set last_seen = excluded.last_seen, starts_at = excluded.starts_at
    )
    insert into garita.log_people_rollups as t (site_id, kind, starts_at, people)
    select p_site_id, c.kind, c.starts_at, sum(c.change)
    from (
        select s.kind, p_starts_at as starts_at, 1 as change from seen s
        union all
        select e.kind, e.starts_at, -1 from earlier e where e.starts_at is not null) c
    group by c.kind, c.starts_at
    having sum(c.change) <> 0
    on conflict (site_id, kind, starts_at) do update set people = t.people + excluded.people;

    insert into garita.log_day_rollups as t (site_id, day, kind, key, entries, exits, refused, failed)
    select p_site_id, p.day, p.kind, p.key, p.entries, p.exits, p.refused, p.failed
    from garita.log_pieces(p_site_id, p_from, p_until) p
    on conflict (site_id, day, kind, key) do update set
        entries = t.entries + excluded.entries, exits = t.exits + excluded.exits,
        refused = t.refused + excluded.refused, failed = t.failed + excluded.failed;
end
$$;

comment on function garita.roll_up_log_day(bigint, timestamptz, timestamptz, timestamptz, timestamptz) is
    'Adds the log rows of one part of a day to the rollups. For garita.roll_up_log.';
