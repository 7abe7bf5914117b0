-- As the owner: it names the guard who saw a pass last, and a guard reads no accounts. It shows what belongs to a decision
-- of the caller's site, in one round trip.
create or replace function api.gate_card(p_log_id bigint)
returns table (
    decided_at timestamptz, kind text, person_id bigint, has_photo boolean, name text, unit_id bigint, unit text,
    host text, purpose text, company text, visitor_type text, plate text, companions integer, party text, status text,
    valid_from timestamptz, valid_until timestamptz, begins_soon boolean, max_uses integer, uses_left integer,
    last_at timestamptz, last_gate text, last_by text, inside_since timestamptz, notes text, begins_later boolean,
    was_inside_since timestamptz, is_out_of_nowhere boolean, gates text[], host_names text[], host_phones text[])
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
        coalesce(t.valid_from, case when l.temporary_code_id is null and 'not_yet_valid' = any (l.reasons)
            then v.expected_date::timestamp::timestamptz end),
        coalesce(t.valid_until, (c.expiry_date + 1)::timestamp::timestamptz),
        t.valid_from > l."timestamp" and t.valid_from < l."timestamp" + interval '2 hours',
        t.max_uses, k.max_uses - k.times_used, before."timestamp", before.access_point_name,
        coalesce(nullif(btrim(u.first_name || ' ' || u.last_name), ''), u.username, nullif(before.device_id, '')),
        case when v.status = 'CHECKED_IN' then v.check_in_time end, l.notes,
        'not_yet_valid' = any (l.reasons),
        case when l.status = 'SUCCESS' and l.access_type = 'ENTRY' and passed.access_type = 'ENTRY' then passed."timestamp" end,
        -- A visit may have been checked in by hand through the API: then this exit has checked it out.
        l.status = 'SUCCESS' and l.access_type = 'EXIT' and v.id is not null and passed.access_type is distinct from 'ENTRY'
            and v.check_out_time is distinct from l."timestamp",
        case when 'wrong_gate' = any (l.reasons) then array(
            select p.name from garita.access_points p
            where p.site_id = l.site_id and p.is_active and case l.access_type when 'ENTRY' then p.is_entry else p.is_exit end
                and (p.building_id is null or p.building_id = (select un.building_id from garita.units un where un.id = l.unit_id))
                and (not exists (select from garita.temporary_code_points o where o.temporary_code_id = t.id)
                    or exists (
                        select from garita.temporary_code_points o
                        where o.temporary_code_id = t.id and o.access_point_id = p.id))
                and t.id is not null
            order by p.name) end,
        answers.names, answers.phones
    from garita.access_logs l
    left join garita.visitors v on v.id = l.visitor_id
    left join garita.residents r on r.id = l.resident_id
    left join garita.residents h on h.id = v.resident_id
    left join garita.temporary_codes t on t.id = l.temporary_code_id
    left join garita.credentials k on k.code_kind = 'temporary' and k.code_id = l.temporary_code_id
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
    -- Whether the visitor came and went: what stands in the log and was not taken back.
    left join lateral (
        select b.access_type, b."timestamp"
        from garita.access_logs b
        where l.status = 'SUCCESS' and b.visitor_id = l.visitor_id and b."timestamp" < l."timestamp" and b.status = 'SUCCESS'
            and not exists (
                select from garita.log_corrections c where c.log_id = b.id and c.kind = 'did_not_pass')
        order by b."timestamp" desc limit 1) passed on true
    -- Who can answer for a visit that waits.
    left join lateral (
        select array_agg(o.first_name || ' ' || o.last_name order by o.id) as names, array_agg(o.phone order by o.id) as phones
        from garita.residents o
        where 'approval_pending' = any (l.reasons) and o.unit_id = v.unit_id and o.phone <> ''
            and garita.can_host(o.id, v.unit_id)) answers on true
    -- A repeated request gets its answer for two days.
    where l.id = p_log_id and l.site_id = garita.current_site_id()
        and l."timestamp" > clock_timestamp() - interval '30 days';
end
$$;

comment on function api.gate_card(bigint) is
    'What a guard is shown beside a decision: person, host, visit, pass, and for one that is used up when, where and by whom '
    'it was used last; whether by the log the visitor was inside already, or leaves without having come in; for a wrong gate '
    'the right ones; who can answer for a visit that waits. No row for a decision of another site, or older than 30 days.';
grant execute on function api.gate_card(bigint) to garita_admin, garita_guard;
