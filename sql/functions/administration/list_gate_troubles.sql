create or replace function api.list_gate_troubles(p_since timestamptz)
returns table (trouble text, gate_id bigint, gate text, device_id bigint, device text, refused bigint, attempts bigint,
    detail text)
language plpgsql stable security definer
set search_path = garita, pg_temp
rows 10
as $$
declare
    v_site bigint := garita.current_site_id();
    -- Fewer refusals are usual.
    c_many constant integer := 10;
begin
    return query
    with counts as (
        select g.point, sum(g.rows) filter (where g.status = 'DENIED')::bigint as refused, sum(g.rows)::bigint as attempts
        from garita.log_groups(v_site, null, p_since, 'infinity') g
        group by g.point
    ), throttles as (
        select t.access_point_id, t.bucket, t.short_off, garita.tokens_left(t, now()) < 1 as is_empty
        from garita.gate_throttles t
        where t.site_id = v_site
    ), gates as (
        select a.id, a.name, a.is_active from garita.access_points a where a.site_id = v_site
        union all
        -- Of requests that name no gate.
        select 0, null, true
    )
    select 'off', g.id, g.name, null::bigint, null::text, null::bigint, null::bigint,
        null::text
    from gates g where not g.is_active
    union all
    select case t.bucket
            when 'typed' then case when t.short_off then 'short_off' else 'throttled' end
            else case when t.short_off then 'tags_off' else 'tags_throttled' end
        end, g.id, g.name, null, null, null, null, null
    from gates g join throttles t on t.access_point_id = g.id
    where t.short_off or t.is_empty
    union all
    select 'refusals', g.id, g.name, null, null, c.refused, c.attempts, null
    from gates g join counts c on c.point = g.id
    where c.refused >= c_many and c.refused * 4 >= c.attempts
    union all
    -- A person who switches a device off sets revoked_at. Without it an alarm did, in versions before pauses.
    select 'device', g.id, g.name, d.id, d.name, null, null, null
    from garita.devices d join gates g on g.id = d.access_point_id
    where d.site_id = v_site and not d.is_active and d.revoked_at is null
    union all
    select distinct 'device_paused', g.id, g.name, d.id, d.name, null::bigint, null::bigint, null::text
    from garita.guess_counts c
    join garita.devices d on c.subject in ('d:' || d.id, 'd:' || d.id || ' read') and d.site_id = v_site and d.is_active
    join gates g on g.id = d.access_point_id
    where c.site_id = v_site and c.paused_until > now()
    union all
    -- Of doors; their number stands where that of a device does.
    select t.trouble, g.id, g.name, t.door_id, t.door, null, null, t.detail
    from garita.door_troubles(v_site) t join gates g on g.id = t.access_point_id
    union all
    select 'door_forced', g.id, g.name, d.id, d.name, count(*), null, null
    from garita.doors d
    join garita.door_events e on e.door_id = d.id and e.kind = 'forced' and e.happened_at >= p_since
    join gates g on g.id = d.access_point_id
    where d.site_id = v_site
    group by g.id, g.name, d.id, d.name
    order by 3, 1;
end
$$;

comment on function api.list_gate_troubles(timestamptz) is
    'Gates of the caller''s site that need attention: out of service, short codes or tags switched off or throttled, a '
    'quarter or more of the attempts since a moment refused, a device switched off by an alarm or paused; a door '
    'with a trouble (detail), held open, or opened without a grant since that moment (refused: how often). Gate 0 stands for '
    'requests without a gate.';
grant execute on function api.list_gate_troubles(timestamptz) to garita_admin;
