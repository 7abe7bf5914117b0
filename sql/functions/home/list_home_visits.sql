-- As the owner: a resident reads no schedules, and of these only the hours of the visits of the own home.
create or replace function api.list_home_visits(p_visitor_id bigint default null, p_name text default null)
returns table (
    id bigint, name text, status text, visitor_type text, expected_date date, expected_time time, purpose text,
    company text, phone text, vehicle_plate text, companions integer, party text, notes text,
    check_in_time timestamptz, check_out_time timestamptz, has_photo boolean, pass_id bigint, code_type text,
    valid_from timestamptz, valid_until timestamptz, max_uses bigint, times_used bigint, is_live boolean,
    weekdays integer, starts_at time, ends_at time, on_holidays boolean, has_card boolean, last_day date, place text,
    is_today boolean, canceled_by text)
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
#variable_conflict use_column
declare
    c_past constant integer := 30;
    c_most constant integer := 500;
    v_now timestamptz := clock_timestamp();
    v_weekday integer := 1 << extract(isodow from current_date)::integer - 1;
begin
    return query
    select v.id, v.first_name || ' ' || v.last_name, v.status, v.visitor_type::text, v.expected_date, v.expected_time,
        v.purpose::text, v.company::text, v.phone::text, v.vehicle_plate::text, v.companions::integer, v.party::text,
        v.notes::text, v.check_in_time, v.check_out_time, v.photo <> '', p.id, p.code_type, p.valid_from, p.valid_until,
        p.max_uses::bigint, p.times_used::bigint, live.is_live, s.weekdays::integer, s.starts_at, s.ends_at, s.on_holidays,
        exists (select from garita.pass_aliases a where a.temporary_code_id = p.id and a.kind = 'CARD'),
        coalesce(s.last_day, p.valid_until::date), c.place,
        c.place = 'TODAY' and v.status = 'DENIED'
            or c.place in ('TODAY', 'RECURRING') and live.is_live is not false
            and coalesce(p.valid_from, v_now) < current_date + 1
            and (s.id is null or s.weekdays & v_weekday <> 0 and (s.last_day is null or s.last_day >= current_date)
                and (s.on_holidays or not exists (
                    select from garita.holidays h where h.site_id = v.site_id and h.day = current_date))),
        off.canceled_by
    from garita.visitors v
    -- The pass that opens, else the last one.
    left join lateral (
        select t.*, k.times_used from garita.temporary_codes t
        join garita.credentials k on k.code_kind = 'temporary' and k.code_id = t.id
        where t.visitor_id = v.id
        order by t.is_active and k.times_used < k.max_uses and t.valid_until > v_now desc, t.id desc limit 1) p on true
    left join garita.schedules s on s.id = p.schedule_id and s.visitor_id = v.id
    cross join lateral (
        select p.is_active and p.times_used < p.max_uses and p.valid_until > v_now and v.status <> 'DENIED') live (is_live)
    -- Who waited is refused; what was approved, or what its visitor ends, is canceled.
    left join lateral (
        select case when a.user_id is null and a.actor = 'visitor' then 'VISITOR'
            when a.changes -> 'status' ->> 0 = 'APPROVED' then 'HOST' end
        from garita.audit a
        where v.status = 'DENIED' and a.table_name = 'visitors' and a.row_id = v.id and a.action = 'UPDATE'
            and a.changes -> 'status' ->> 1 = 'DENIED'
        order by a.id desc limit 1) off (canceled_by) on true
    cross join lateral (select case
        when off.canceled_by = 'VISITOR' and v.expected_date = current_date then 'TODAY'
        when v.status = 'PENDING' and v.expected_date >= current_date - 1 then 'WAITING'
        when v.status = 'CHECKED_IN' then 'INSIDE'
        when v.status in ('DENIED', 'PENDING') then 'PAST'
        when live.is_live and s.id is not null then 'RECURRING'
        when live.is_live and p.valid_from >= current_date + 1 then 'COMING'
        when live.is_live or v.status = 'APPROVED' and p.id is null and v.expected_date = current_date then 'TODAY'
        when v.status = 'APPROVED' and p.id is null and v.expected_date > current_date then 'COMING'
        else 'PAST' end) c (place)
    where v.unit_id = any (garita.current_unit_ids()) and v.site_id = garita.current_site_id()
        and (p_visitor_id is null or v.id = p_visitor_id)
        and (p_name is null
            or strpos(garita.fold(v.first_name || ' ' || v.last_name || ' ' || v.party), garita.fold(p_name)) > 0)
        and (p_visitor_id is not null or p_name is not null or c.place <> 'PAST'
            or greatest(v.expected_date, v.check_out_time::date) >= current_date - c_past)
    order by case when c.place = 'PAST' then current_date - v.expected_date else v.expected_date - current_date end,
        v.expected_time nulls last, v.id
    limit c_most;
end
$$;

comment on function api.list_home_visits(bigint, text) is
    'The visits of the caller''s own home, each with the pass that opens (else the last one), its hours, where in its life it '
    'is (WAITING, INSIDE, TODAY, COMING, RECURRING, PAST), whether it is expected today, or was until its '
    'visitor said no, and who canceled it (VISITOR, HOST; null for a refusal). One visit, those with a name, or all but those '
    'that ended more than thirty days ago; at most 500.';
grant execute on function api.list_home_visits(bigint, text) to garita_resident;
