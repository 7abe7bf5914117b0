create or replace function garita.log_pieces(p_site_id bigint, p_from timestamptz, p_until timestamptz)
returns table (day date, kind text, key text, entries bigint, exits bigint, refused bigint, failed bigint)
language plpgsql stable
set plan_cache_mode = force_generic_plan
-- As in garita.log_groups.
set enable_seqscan = off
set jit = off
as $$
declare
    v_zone text := (select s.time_zone from garita.sites s where s.id = p_site_id);
begin
    return query
    with local as (
        select l."timestamp" at time zone v_zone as at, l.access_method as method,
            coalesce(l.access_point_id, 0) as point, l.access_type = 'ENTRY' as is_entry, l.status
        from garita.access_logs l
        where l.site_id = p_site_id and l."timestamp" >= p_from and l."timestamp" < p_until
    ), groups as materialized (
        select l.at::date as on_day, to_char(l.at, 'HH24') as at_hour, l.method, l.point,
            count(*) filter (where l.status = 'SUCCESS' and l.is_entry) as entries,
            count(*) filter (where l.status = 'SUCCESS' and not l.is_entry) as exits,
            count(*) filter (where l.status = 'DENIED') as refused,
            count(*) filter (where l.status not in ('SUCCESS', 'DENIED')) as failed
        from local l
        group by 1, 2, 3, 4
    )
    select g.on_day,
        case when grouping(g.at_hour) = 0 then 'hour' when grouping(g.method) = 0 then 'method' else 'gate' end,
        coalesce(g.at_hour, g.method, g.point::text),
        sum(g.entries)::bigint, sum(g.exits)::bigint, sum(g.refused)::bigint, sum(g.failed)::bigint
    from groups g
    group by grouping sets ((g.on_day, g.at_hour), (g.on_day, g.method), (g.on_day, g.point));
end
$$;

comment on function garita.log_pieces(bigint, timestamptz, timestamptz) is
    'Log rows of p_from <= time < p_until, counted as garita.log_day_rollups keeps them.';
