create or replace function garita.fresh_gates() returns setof garita.gates
language sql stable
as $$
    select s.id, coalesce(p.id, 0), coalesce(p.name, ''), p.building_id,
        coalesce(p.is_active, true) and not s.has_blocklist, coalesce(p.is_active, true),
        array_remove(array[
            case when p.is_entry is not false then 'ENTRY' end, case when p.is_exit is not false then 'EXIT' end], null),
        case when p.supports_qr is not false then 1 else 0 end + case when p.supports_rfid is not false then 2 else 0 end
            + case when p.supports_numeric is not false then 4 else 0 end + 8,
        s.time_zone, s.grace_before_minutes * interval '1 minute', s.grace_after_minutes * interval '1 minute',
        s.has_blocklist, (select garita.log_until()), garita.guesses_until(s.id, coalesce(p.id, 0)),
        (select array_agg((d.id, d.direction, d.open_within_seconds)::garita.gate_door order by d.id)
            from garita.doors d where d.access_point_id = p.id and d.is_active and d.opens_itself)
    from garita.sites s
    cross join lateral (
        select a.* from garita.access_points a where a.site_id = s.id
        union all
        select (null::garita.access_points).*) p
    where s.is_active
$$;

comment on function garita.fresh_gates() is 'What garita.gates has to say.';
