-- Days that are rolled up are read from their rollups, the rest is counted: a report of a year is as fast as one of a day.
create or replace function api.report_logs(p_from date, p_until date)
returns table (
    kind text, key text, label text, entries bigint, exits bigint, refused bigint, failed bigint)
language plpgsql stable security definer
set search_path = garita, pg_temp
set plan_cache_mode = force_generic_plan
set jit = off
rows 100
as $$
declare
    v_site bigint := garita.current_site_id();
    v_zone text;
    v_rolled_up timestamptz;
    v_until timestamptz;
    -- So many days are shown one by one; more are shown as months.
    v_span text := case when p_until - p_from < 62 then 'day' else 'month' end;
    v_form text := case v_span when 'day' then 'YYYY-MM-DD' else 'YYYY-MM' end;
begin
    select s.time_zone, coalesce(m.rolled_up_until, '-infinity') into v_zone, v_rolled_up
    from garita.sites s left join garita.log_rollup_progress m on m.site_id = s.id
    where s.id = v_site;
    -- Clocks are turned by hours, some of them at midnight: the days themselves are compared below.
    v_until := (p_until + 1)::timestamp at time zone v_zone + interval '3 hours';
    v_rolled_up := greatest(v_rolled_up, p_from::timestamp at time zone v_zone - interval '3 hours');

    return query
    with pieces as materialized (
        select d.day, d.kind, d.key, d.entries, d.exits, d.refused, d.failed
        from garita.log_day_rollups d
        where d.site_id = v_site and d.day between p_from and p_until
        union all
        select p.day, p.kind, p.key, p.entries, p.exits, p.refused, p.failed
        from garita.log_pieces(v_site, v_rolled_up, v_until) p
        where p.day between p_from and p_until
    ), days as (
        -- Every row has an hour.
        select p.day, sum(p.entries) as entries, sum(p.exits) as exits, sum(p.refused) as refused,
            sum(p.failed) as failed
        from pieces p
        where p.kind = 'hour'
        group by p.day
    ), sums as (
        select p.kind, p.key, sum(p.entries) as entries, sum(p.exits) as exits, sum(p.refused) as refused,
            sum(p.failed) as failed
        from pieces p
        group by p.kind, p.key
        union all
        select v_span, to_char(d.day, v_form), d.entries, d.exits, d.refused, d.failed from days d
        -- Days, hours and gates without rows are shown too.
        union all
        select v_span, to_char(d.day, v_form), 0, 0, 0, 0
        from generate_series(p_from::timestamp, p_until, interval '1 day') d (day)
        union all
        select 'hour', lpad(h::text, 2, '0'), 0, 0, 0, 0 from generate_series(0, 23) h
        union all
        select 'gate', a.id::text, 0, 0, 0, 0 from garita.access_points a where a.site_id = v_site and a.is_active
    )
    select s.kind, s.key, a.name, sum(s.entries)::bigint, sum(s.exits)::bigint, sum(s.refused)::bigint,
        sum(s.failed)::bigint
    from sums s
    left join garita.access_points a on s.kind = 'gate' and a.site_id = v_site and a.id::text = s.key
    group by s.kind, s.key, a.name
    order by s.kind, case when s.kind in ('gate', 'method') then sum(s.entries + s.exits + s.refused + s.failed) end desc,
        a.name, s.key;
end
$$;

comment on function api.report_logs(date, date) is
    'What the log of the caller''s site holds of these days of the site: by day (by month, when they are many), hour, '
    'method and gate (with its name; none for a deleted one).';
grant execute on function api.report_logs(date, date) to garita_admin;
