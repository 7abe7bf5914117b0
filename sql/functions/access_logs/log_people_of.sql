create or replace function garita.log_people_of(
    p_site_id bigint, p_unit_ids bigint[], p_from timestamptz, p_until timestamptz)
returns table (kind text, id bigint)
language plpgsql stable
set plan_cache_mode = force_generic_plan
-- As in garita.log_groups.
set enable_seqscan = off
set jit = off
as $$
begin
    if p_unit_ids is null then
        return query
        select distinct p.kind, p.id
        from garita.access_logs l
        cross join lateral (values ('resident', l.resident_id), ('visitor', l.visitor_id)) p (kind, id)
        where l.site_id = p_site_id and l."timestamp" >= p_from and l."timestamp" < p_until and p.id is not null;
    else
        return query
        select distinct p.kind, p.id
        from garita.access_logs l
        cross join lateral (values ('resident', l.resident_id), ('visitor', l.visitor_id)) p (kind, id)
        where l.unit_id = any (p_unit_ids) and l.site_id = p_site_id and l."timestamp" >= p_from
            and l."timestamp" < p_until and p.id is not null;
    end if;
end
$$;

comment on function garita.log_people_of(bigint, bigint[], timestamptz, timestamptz) is
    'Who is in the log of p_from <= time < p_until, each once; in the rows of these units only, unless null.';
