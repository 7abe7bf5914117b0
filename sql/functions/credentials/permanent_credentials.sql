create or replace function garita.permanent_credentials() returns setof garita.credentials
language sql stable
as $$
    select 'permanent'::text, c.id, c.site_id, c.code_tag, c.code_type,
        case c.code_type when 'PIN' then 'NUMERIC_CODE' else c.code_type end,
        case c.code_type when 'RFID' then 2 when 'PIN' then 4 else 8 end,
        c.is_active and c.schedule_id is null and c.expiry_date is null and r.is_authorized and r.move_out_date is null,
        not c.is_active, '-infinity'::timestamptz, 'infinity'::timestamptz, c.expiry_date, null::integer, c.schedule_id, (
            select array_agg(l.access_point_id order by l.access_point_id)
            from garita.access_code_points l where l.access_code_id = c.id),
        un.building_id, un.id, b.code || '-' || un.number, r.id, null::bigint, null::text,
        r.first_name || ' ' || r.last_name, r.document_id, r.phone, '', r.is_authorized, r.move_out_date,
        coalesce(k.version, 0), coalesce(k.times_used, 0), k.last_used_at, k.last_step
    from garita.access_codes c
    join garita.residents r on r.id = c.resident_id
    join garita.units un on un.id = r.unit_id
    join garita.buildings b on b.id = un.building_id
    left join garita.credentials k on k.code_kind = 'permanent' and k.code_id = c.id
$$;

comment on function garita.permanent_credentials() is
    'What garita.credentials has to say of each code of a resident; the counters are taken as they are.';
