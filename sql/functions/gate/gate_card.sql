-- As the owner: it names the guard who saw a pass last, and a guard reads no accounts. It shows what belongs to a decision
-- of the caller's site, in one round trip.
create or replace function api.gate_card(p_log_id bigint)
returns table (
    decided_at timestamptz, kind text, person_id bigint, has_photo boolean, name text, unit_id bigint, unit text,
    host text, purpose text, company text, visitor_type text, plate text, companions integer, party text, status text,
    valid_from timestamptz, valid_until timestamptz, begins_soon boolean, max_uses integer, uses_left integer,
    last_at timestamptz, last_gate text, last_by text, inside_since timestamptz, notes text)
language plpgsql stable security definer
set search_path = garita, pg_temp
set plan_cache_mode = force_generic_plan
rows 1
as $$
begin
    return query
    select l."timestamp",
        case when l.visitor_id is not null then 'visitor' when l.resident_id is not null then 'resident' end,
        coalesce(v.id, r.id), coalesce(v.photo, r.photo, '') <> '', l.person_name, l.unit_id, l.unit_display,
        h.first_name || ' ' || h.last_name, v.purpose::text, v.company::text, v.visitor_type::text,
        l.vehicle_plate, v.companions::integer, v.party::text, v.status,
        t.valid_from, coalesce(t.valid_until, (c.expiry_date + 1)::timestamp::timestamptz),
        t.valid_from > l."timestamp" and t.valid_from < l."timestamp" + interval '2 hours',
        t.max_uses, t.max_uses - t.times_used, before."timestamp", before.access_point_name,
        coalesce(nullif(btrim(u.first_name || ' ' || u.last_name), ''), u.username, nullif(before.device_id, '')),
        case when v.status = 'CHECKED_IN' then v.check_in_time end, l.notes
    from garita.access_logs l
    left join garita.visitors v on v.id = l.visitor_id
    left join garita.residents r on r.id = l.resident_id
    left join garita.residents h on h.id = v.resident_id
    left join garita.temporary_codes t on t.id = l.temporary_code_id
    left join garita.access_codes c on c.id = l.access_code_id
    -- For "already used": when it opened last before.
    left join lateral (
        select b."timestamp", b.access_point_name, b.authorized_by, b.device_id
        from garita.access_logs b
        where 'no_uses_left' = any (l.reasons) and b.visitor_id = l.visitor_id
            and b.temporary_code_id = l.temporary_code_id and b.status = 'SUCCESS' and b.access_type = 'ENTRY'
            and b."timestamp" < l."timestamp"
        order by b."timestamp" desc limit 1) before on true
    left join garita.users u on u.id = before.authorized_by
    -- A repeated request gets its answer for two days.
    where l.id = p_log_id and l.site_id = garita.current_site_id()
        and l."timestamp" > clock_timestamp() - interval '30 days';
end
$$;

comment on function api.gate_card(bigint) is
    'What a guard is shown beside a decision: person, host, visit, pass, and for one that is used up when, where and by whom '
    'it was used last. No row for a decision of another site, or older than 30 days.';
grant execute on function api.gate_card(bigint) to garita_admin, garita_guard;
