-- As the owner, as api.find_visitors: under a policy no index would find anything. So the site is said at every table.
-- First what is found as it was typed, then what sounds alike, then what is alike, each only where little was found before.
-- A parameter of pg_trgm may be set for a function only once the session has loaded it: a `migrate` that has nothing to do
-- but functions has not.
do $$ begin perform garita.word_similarity('', ''); end $$;
create or replace function api.search_gate(p_text text, p_is_exact boolean)
returns table (
    kind text, id bigint, title text, unit_id bigint, place text, state text, plate text, day date, host text,
    has_photo boolean)
language plpgsql stable security definer
set search_path = garita, pg_temp
set plan_cache_mode = force_generic_plan
set jit = off
set pg_trgm.word_similarity_threshold = 0.5
rows 20
as $$
declare
    c_enough constant integer := 6;
    c_candidates constant integer := 300;
    v_site bigint := garita.current_site_id();
    v_text text := btrim(regexp_replace(garita.fold(p_text), '\s+', ' ', 'g'));
    v_compact text := regexp_replace(garita.fold(p_text), '[^a-z0-9]', '', 'g');
    v_digits text := regexp_replace(p_text, '[^0-9]', '', 'g');
    v_words text[] := array(
        select w from regexp_split_to_table(translate(v_text, '%_\,', '    '), '\s+') w where w <> '');
    v_patterns text[] := array(select '%' || w || '%' from unnest(v_words) w);
    -- A letter may stand for another that sounds alike.
    v_sounds text[] := array(select '%' || regexp_replace(w, '[szcxkqbvwgjyi]', '_', 'g') || '%' from unnest(v_words) w);
    v_line text := case when v_compact <> ''
        then '%' || chr(10) || replace(replace(v_text, '%', ''), '_', '\_') || chr(10) || '%' end;
    v_phone text := case when char_length(v_digits) between 7 and 16 and v_compact = v_digits
        then '%' || right(v_digits, 10) || '%' end;
    v_people bigint[] := array(
        select r.id from garita.residents r
        where r.site_id = v_site and r.document_id in (p_text, upper(p_text)) and r.document_id <> ''
        union
        select r.id from garita.residents r
        where r.site_id = v_site and r.phone <> '' and regexp_replace(r.phone, '[^0-9]', '', 'g') like v_phone);
    v_visits bigint[] := array(
        select v.id from garita.visitors v
        where v.site_id = v_site and v.vehicle_plate <> '' and char_length(v_compact) >= 4
            and regexp_replace(garita.fold(v.vehicle_plate), '[^a-z0-9]', '', 'g') = v_compact
            and garita.is_visit_near(v)
        union
        select v.id from garita.visitors v
        where v.site_id = v_site and v.search_text like v_line and garita.is_visit_near(v)
            and char_length(v_text) >= 3
        union
        select v.id from garita.visitors v
        where v.site_id = v_site and v.phone <> '' and regexp_replace(v.phone, '[^0-9]', '', 'g') like v_phone
            and garita.is_visit_near(v));
    v_vehicles bigint[] := array(
        select ve.id from garita.vehicles ve
        where ve.site_id = v_site and ve.is_active and char_length(v_compact) >= 3
            and case when p_is_exact then regexp_replace(garita.fold(ve.plate), '[^a-z0-9]', '', 'g') = v_compact
                else regexp_replace(garita.fold(ve.plate), '[^a-z0-9]', '', 'g') like '%' || v_compact || '%' end
        limit 8);
begin
    if v_digits = '' then
        v_people := v_people || garita.residents_named(v_site, v_patterns, null, c_candidates);
        v_visits := v_visits || garita.visits_named(v_site, v_patterns, null, c_candidates);
    elsif not p_is_exact then
        v_visits := v_visits || garita.visits_named(v_site, v_patterns, null, c_candidates);
        if char_length(v_compact) >= 3 then
            v_visits := v_visits || garita.visits_with_plate(v_site, v_compact);
        end if;
    end if;
    if v_digits = '' and not p_is_exact and cardinality(v_people) + cardinality(v_visits) < c_enough then
        v_people := v_people || garita.residents_named(v_site, v_sounds, null, c_candidates);
        v_visits := v_visits || garita.visits_named(v_site, v_sounds, null, c_candidates);
    end if;
    -- Two letters are like every name that begins with them.
    if v_digits = '' and not p_is_exact and char_length(v_compact) >= 3
        and cardinality(v_people) + cardinality(v_visits) < c_enough
    then
        v_people := v_people || garita.residents_named(v_site, null, v_text, c_enough);
        v_visits := v_visits || garita.visits_named(v_site, null, v_text, c_enough);
    end if;

    return query
    with found as (
        select 'visitor' as what, v.id, concat_ws(' ', v.first_name, nullif(v.last_name, '—')) as called, v.unit_id as home, v.status as stands,
            v.vehicle_plate::text as car, v.expected_date as comes,
            (select h.first_name || ' ' || h.last_name from garita.residents h where h.id = v.resident_id) as receives,
            v.photo <> '' as is_pictured, array_position(v_visits, v.id) as place_of,
            case when v.status = 'CHECKED_IN' or v.expected_date = current_date then 0
                when v.expected_date > current_date then 3 else 2 end as rank
        from garita.visitors v where v.id = any (v_visits)
        union all
        select 'resident', r.id, r.first_name || ' ' || r.last_name, r.unit_id,
            case when not garita.resides(r.move_out_date) then 'moved_out'
                when not r.is_authorized then 'person_not_authorized' end,
            null, null, null, r.photo <> '', array_position(v_people, r.id), 1
        from garita.residents r where r.id = any (v_people)
        union all
        -- The car of somebody, else of a home.
        select case when r.id is null then 'unit' else 'resident' end, coalesce(r.id, ve.unit_id),
            coalesce(r.first_name || ' ' || r.last_name, garita.unit_display(ve.unit_id)), ve.unit_id,
            case when not garita.resides(r.move_out_date) then 'moved_out'
                when not r.is_authorized then 'person_not_authorized' end,
            ve.plate, null, ve.description, coalesce(r.photo, '') <> '', array_position(v_vehicles, ve.id), 0
        from garita.vehicles ve
        left join garita.residents r on r.id = ve.resident_id
        where ve.id = any (v_vehicles)
        union all
        (select 'unit', u.id, b.code || '-' || u.number, u.id, null, null, null, nullif(u.owner_name, ''), false,
            char_length(u.number), case when v_compact in (b.folded || u.compact, b.named || u.compact) then -1 else 2 end
        from (
            select b.id, b.code, regexp_replace(garita.fold(b.code), '[^a-z0-9]', '', 'g') as folded,
                regexp_replace(garita.fold(b.name), '[^a-z0-9]', '', 'g') as named
            from garita.buildings b where b.site_id = v_site offset 0) b
        cross join lateral (
            select u.*, replace(lower(u.number), '-', '') as compact from garita.units u where u.building_id = b.id) u
        where v_compact <> '' and (v_compact in (b.folded || u.compact, b.named || u.compact)
            or not p_is_exact and (u.compact = v_compact or starts_with(b.folded || u.compact, v_compact)))
        order by 11, 10, 3 limit 8)
    )
    select f.what, f.id, f.called, f.home, garita.unit_display(f.home), f.stands, f.car, f.comes, f.receives, f.is_pictured
    from found f
    -- What begins as the text does before what holds it.
    order by f.rank, case when starts_with(garita.fold(f.called), v_text) then 0
        when starts_with(garita.fold(f.called), v_words[1]) then 1 else 2 end, f.place_of, f.called
    limit 20;
end
$$;

comment on function api.search_gate(text, boolean) is
    'Whom a guard may mean by a text: visits of these days, residents, units; by name, plate (of visitors and of vehicles of '
    'homes), document, phone or unit, the '
    'likeliest first, at most 20. Accents and case do not count, nor letters that sound alike, nor small mistakes. With '
    'p_is_exact only whole plates, documents, phones and units, and names as they were typed.';
grant execute on function api.search_gate(text, boolean) to garita_admin, garita_guard;
