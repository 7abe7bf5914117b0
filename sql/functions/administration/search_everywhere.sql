-- As the owner, as api.find_visitors: under a policy no index would find anything. So the site is said at every table.
create or replace function api.search_everywhere(p_patterns text[], p_plate text, p_phone text, p_tags bytea[])
returns table (slug text, id bigint, title text, place text, state text, day date)
language plpgsql stable security definer
set search_path = garita, pg_temp
set plan_cache_mode = force_generic_plan
set jit = off
rows 20
as $$
declare
    -- One more than is shown: then there are more.
    c_shown constant integer := 6;
    -- For a common name only the latest visits are searched, and so many of all others.
    c_latest constant integer := 300;
    c_others constant integer := 100;
    c_candidates constant integer := 2000;
    v_site bigint := garita.current_site_id();
    v_patterns text[] := array(select garita.fold(p) from unnest(p_patterns) p);
    v_plate text := garita.fold(p_plate);
    v_phone text := api.phone_to_find(p_phone);
    -- What an index of triples of letters knows; together they find less.
    v_keys text[] := array(select p from unnest(v_patterns) p where p ~ '[[:alnum:]]{3}' order by length(p) desc);
    v_key text;
    v_units bigint[];
begin
    return query
    select 'passes'::text, t.id, v.first_name || ' ' || v.last_name || ' ••' || t.code_hint, garita.unit_display(v.unit_id),
        case when t.revoked_at is not null then 'revoked' when garita.is_used_up(t.id) then 'used'
            when t.valid_until <= now() then 'expired' else 'good' end,
        t.valid_until::date
    from garita.temporary_codes t join garita.visitors v on v.id = t.visitor_id
    where t.site_id = v_site and t.code_tag = any (p_tags)
    order by t.is_active and not garita.is_used_up(t.id) desc, t.created_at desc limit c_shown;

    return query
    select 'cards'::text, c.id, r.first_name || ' ' || r.last_name || ' ••' || c.code_hint, garita.unit_display(r.unit_id),
        case when c.is_active then 'good' else 'inactive' end, c.expiry_date
    from garita.access_codes c join garita.residents r on r.id = c.resident_id
    where c.site_id = v_site and c.code_tag = any (p_tags)
    limit c_shown;

    if cardinality(v_patterns) = 0 then
        return;
    end if;
    v_key := coalesce(v_keys[1], v_patterns[1]);

    return query
    with latest as materialized (
        select v.* from garita.visitors v
        where v.site_id = v_site
        order by v.expected_date desc, v.created_at desc limit c_latest
    ), found as (
        select v.id from latest v where v.search_text like all (v_patterns)
        union
        (select c.id
        from (
            select v.id, v.search_text
            from garita.visitors v
            where v.site_id = v_site and v.search_text like v_keys[1]
                and v.search_text like coalesce(v_keys[2], v_keys[1])
                and v.search_text like coalesce(v_keys[3], v_keys[1])
            limit c_candidates) c
        where c.search_text like all (v_patterns)
        limit c_others)
        union
        -- Of words that no index knows, visit by visit from the latest on.
        (select v.id from garita.visitors v
        where cardinality(v_keys) = 0 and v.site_id = v_site and v.search_text like all (v_patterns)
        order by v.expected_date desc, v.created_at desc limit c_shown)
        union
        -- A plate, however its letters are kept apart.
        (select v.id from garita.visitors v
        where v.site_id = v_site and v.vehicle_plate <> ''
            and regexp_replace(garita.fold(v.vehicle_plate), '[^a-z0-9]', '', 'g') = v_plate
        limit c_others)
        union
        -- A phone, however it is typed.
        (select v.id from garita.visitors v
        where v.site_id = v_site and v.phone <> '' and regexp_replace(v.phone, '[^0-9]', '', 'g') like v_phone
        limit c_others)
    )
    select 'visitors'::text, v.id, v.first_name || ' ' || v.last_name, garita.unit_display(v.unit_id), v.status,
        v.expected_date
    from garita.visitors v
    where v.id in (select f.id from found f)
    order by v.expected_date desc, v.created_at desc limit c_shown;

    -- Somebody is also found by where they live, beside a name or alone.
    v_units := array(
        select u.id
        from (select b.id, garita.fold(b.code) as code from garita.buildings b where b.site_id = v_site offset 0) b
        join garita.units u on u.building_id = b.id
        where b.code || '-' || lower(u.number) like v_key);
    return query
    with found as (
        select r.id from garita.residents r where r.site_id = v_site and garita.fold(
            r.first_name || chr(10) || r.last_name || chr(10) || r.document_id || chr(10) || r.phone || chr(10)
            || r.email) like v_key
        union
        select r.id from garita.residents r where r.site_id = v_site and r.unit_id = any (v_units)
    ), called as (
        select r.id from garita.residents r
        where r.site_id = v_site and regexp_replace(r.phone, '[^0-9]', '', 'g') like v_phone
    )
    select 'residents'::text, r.id, r.first_name || ' ' || r.last_name, b.code || '-' || u.number,
        case when r.move_out_date <= current_date then 'moved_out' end, null::date
    from garita.residents r join garita.units u on u.id = r.unit_id join garita.buildings b on b.id = u.building_id
    where r.id in (select f.id from found f) and garita.fold(concat_ws(chr(10),
        r.first_name, r.last_name, r.document_id, r.phone, r.email, b.code || '-' || u.number)) like all (v_patterns)
        or r.id in (select c.id from called c)
    order by 5 desc, 3 limit c_shown;

    return query
    select 'units'::text, u.id, b.code || '-' || u.number, nullif(u.owner_name, ''), null::text, null::date
    from (
        select b.id, b.site_id, b.code, garita.fold(b.code) as folded from garita.buildings b where b.site_id = v_site offset 0) b
    join garita.units u on u.building_id = b.id
    where concat_ws(chr(10), b.folded || '-' || lower(u.number), b.folded || lower(u.number),
        case when u.owner_name <> '' then garita.fold(u.owner_name) end, u.owner_phone) like all (v_patterns)
        or b.site_id = v_site and regexp_replace(u.owner_phone, '[^0-9]', '', 'g') like v_phone
    order by length(u.number), 3 limit c_shown;

    return query
    select 'buildings'::text, b.id, b.name, b.code, null::text, null::date
    from garita.buildings b
    where b.site_id = v_site and garita.fold(concat_ws(chr(10), b.name, b.code, b.address)) like all (v_patterns)
    order by 3 limit c_shown;

    return query
    select 'users'::text, u.id, coalesce(nullif(btrim(u.first_name || ' ' || u.last_name), ''), u.username), u.username,
        case when u.is_active then u.role else 'inactive' end, null::date
    from garita.users u
    where u.site_id = v_site and (garita.fold(concat_ws(chr(10),
        u.username, u.first_name || ' ' || u.last_name, u.email, u.phone)) like all (v_patterns)
        or regexp_replace(u.phone, '[^0-9]', '', 'g') like v_phone)
    order by 3 limit c_shown;

    return query
    select 'gates'::text, a.id, a.name, a.location, case when not a.is_active then 'off' end, null::date
    from garita.access_points a
    where a.site_id = v_site and garita.fold(concat_ws(chr(10), a.name, a.code, a.location)) like all (v_patterns)
    order by 3 limit c_shown;

    return query
    select 'devices'::text, d.id, d.name, a.name, case when not d.is_active then 'inactive' end, null::date
    from garita.devices d join garita.access_points a on a.id = d.access_point_id
    where d.site_id = v_site and garita.fold(d.name) like all (v_patterns)
    order by 3 limit c_shown;

    return query
    select 'blocklist'::text, k.id, k.display, null::text, case when not k.is_active then 'inactive' end, null::date
    from garita.blocklist k
    where k.site_id = v_site and k.display <> '' and (garita.fold(k.display) like all (v_patterns)
        or k.kind = 'plate' and regexp_replace(garita.fold(k.display), '[^a-z0-9]', '', 'g') = v_plate)
    order by 3 limit c_shown;
end
$$;

comment on function api.search_everywhere(text[], text, text, bytea[]) is
    'Rows of the caller''s site in which every pattern is found, that have the plate or the phone, or whose code has one of the '
    'tags; at most six of each table, of visits the latest. The code itself never comes here.';
grant execute on function api.search_everywhere(text[], text, text, bytea[]) to garita_admin;
