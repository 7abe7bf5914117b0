-- A visitor is judged by the own approval, and by everybody on whose right the pass rests: the host, the sponsor of the
-- visit and the resident who issued it. Whoever left the home visited, and whoever may receive nobody any more
-- (garita.can_host), ends the pass. Without any of them it depends on the household it was issued for.
create or replace function garita.temporary_credentials() returns setof garita.credentials
language sql stable
as $$
    select 'temporary'::text, t.id, t.site_id,
        -- The number was drawn again, or a resident has it: permanent codes come first.
        case when not t.is_retired and not exists (
            select from garita.access_codes c where c.site_id = t.site_id and c.code_tag = t.code_tag) then t.code_tag end,
        t.code_type,
        case t.code_type when 'QR' then 'QR_CODE' when 'ALPHANUMERIC' then 'ALPHANUMERIC_CODE' else 'NUMERIC_CODE' end,
        case t.code_type when 'QR' then 1 else 4 end,
        t.is_active and v.status not in ('PENDING', 'DENIED') and t.schedule_id is null and t.code_type <> 'OTP'
            and behind.are_authorized is not false and until.day is null,
        not t.is_active, t.valid_from, t.valid_until, null::date,
        -- What is used up stays so, also by hand.
        case when k.times_used >= k.max_uses then least(k.max_uses, t.max_uses) else t.max_uses end, t.schedule_id, (
            select array_agg(l.access_point_id order by l.access_point_id)
            from garita.temporary_code_points l where l.temporary_code_id = t.id),
        un.building_id, un.id, b.code || '-' || un.number, v.resident_id, v.id, v.status,
        v.first_name || ' ' || v.last_name, v.document_id::text, v.phone::text, v.vehicle_plate::text,
        behind.are_authorized, until.day,
        coalesce(k.version, 0), coalesce(k.times_used, 0), k.last_used_at, k.last_step
    from garita.temporary_codes t
    join garita.visitors v on v.id = t.visitor_id
    join garita.units un on un.id = v.unit_id
    join garita.buildings b on b.id = un.building_id
    left join garita.credentials k on k.code_kind = 'temporary' and k.code_id = t.id
    cross join lateral (
        select bool_and(r.is_authorized and coalesce(u.is_active, true)) as are_authorized, min(case
            when r.id in (v.resident_id, v.sponsor_id) and r.unit_id <> v.unit_id then '-infinity'
            else r.move_out_date end) as until
        from garita.residents r
        left join garita.users u on u.id = r.user_id
        where r.id = any (array[v.resident_id, v.sponsor_id, t.sponsor_id])) behind
    cross join lateral (
        select case
            when coalesce(v.resident_id, v.sponsor_id, t.sponsor_id) is not null then behind.until
            when t.is_for_household then (
                select case
                    when count(*) = 0 then '-infinity'
                    when bool_and(r.move_out_date is not null) then max(r.move_out_date) end
                from garita.residents r where r.unit_id = v.unit_id) end) until (day)
$$;

comment on function garita.temporary_credentials() is
    'What garita.credentials has to say of each code of a visitor; the counters are taken as they are.';
