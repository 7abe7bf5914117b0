create or replace function garita.log_groups(
    p_site_id bigint, p_unit_ids bigint[], p_from timestamptz, p_until timestamptz)
returns table (method text, status text, direction text, point bigint, rows bigint)
language plpgsql stable
set plan_cache_mode = force_generic_plan
-- A plan for any stretch of time takes it for much of the log: it would read months whole, and compile itself.
set enable_seqscan = off
set jit = off
rows 50
as $$
begin
    if p_unit_ids is null then
        return query
        select l.access_method, l.status, l.access_type, coalesce(l.access_point_id, 0), count(*)
        from garita.access_logs l
        where l.site_id = p_site_id and l."timestamp" >= p_from and l."timestamp" < p_until
        group by 1, 2, 3, 4;
    else
        return query
        select l.access_method, l.status, l.access_type, coalesce(l.access_point_id, 0), count(*)
        from garita.access_logs l
        where l.unit_id = any (p_unit_ids) and l.site_id = p_site_id and l."timestamp" >= p_from
            and l."timestamp" < p_until
        group by 1, 2, 3, 4;
    end if;
end
$$;

comment on function garita.log_groups(bigint, bigint[], timestamptz, timestamptz) is
    'Log rows of p_from <= time < p_until, counted by kind and gate (0 for none); of these units only, unless null.';
