-- Whoever has the token may look: there is no caller, and the site is that of the pass. Moments are texts in its time zone.
create or replace function api.open_pass(p_tags bytea[], p_is_look boolean)
returns table (
    code_id bigint, site_name text, language text, address text, map_url text, state text, first_name text, unit text,
    host text, companions integer, plate text, can_change_plate boolean, can_cancel boolean, code_type text,
    code_sealed bytea, code_tag bytea, key_version integer, valid_from text, valid_until text, uses_left integer,
    max_uses integer, weekdays integer, starts_at text, ends_at text, gates text[], moments text[], ways text[],
    places text[], expected text)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
#variable_conflict use_column
declare
    c_minutes constant text := 'YYYY-MM-DD HH24:MI';
    c_changes constant integer := 5;
    v_now timestamptz := clock_timestamp();
    v_alias garita.pass_aliases;
    v_site garita.sites;
    v_state text;
    v_is_shown boolean;
begin
    select a.* into v_alias from garita.pass_aliases a
    join garita.sites s on s.id = a.site_id and s.is_active
    where a.kind = 'LINK' and a.code_tag = any (p_tags);
    if not found then
        return;
    end if;
    if p_is_look and v_alias.opened_at is null then
        update garita.pass_aliases a set opened_at = v_now where a.id = v_alias.id and a.opened_at is null;
    end if;
    select s.* into v_site from garita.sites s where s.id = v_alias.site_id;
    v_state := garita.pass_state(v_alias.temporary_code_id, v_now);
    if v_state = 'cancelled' then
        select case
                when exists (
                    select from garita.audit u
                    where u.table_name = 'temporary_codes' and u.row_id = t.id and u.user_id is null
                        and u.actor = 'visitor' and u.changes ? 'revoked_at') then 'not_coming'
                when exists (
                    select from garita.temporary_codes n
                    where n.visitor_id = t.visitor_id and n.id > t.id and n.is_active and n.valid_until > v_now
                        and not garita.is_used_up(n.id)) then 'renewed'
                else v_state end
        into v_state
        from garita.temporary_codes t where t.id = v_alias.temporary_code_id;
    end if;
    v_is_shown := v_state in ('good', 'not_yet', 'outside_hours', 'pending', 'inside');

    return query
    select t.id, v_site.name, v_site.language, v_site.address, v_site.map_url, v_state, v.first_name::text,
        case when v_site.pass_shows <> 'nothing' then garita.unit_display(v.unit_id) end,
        case when v_site.pass_shows = 'unit_and_host' then r.first_name || ' ' || r.last_name end,
        v.companions::integer, v.vehicle_plate::text,
        v_is_shown and v_alias.plate_changes < c_changes, v_is_shown and v.status <> 'CHECKED_IN',
        t.code_type, case when v_is_shown then t.code_sealed end, t.code_tag, t.key_version,
        to_char(t.valid_from at time zone v_site.time_zone, c_minutes),
        to_char(t.valid_until at time zone v_site.time_zone, c_minutes),
        k.max_uses - k.times_used, k.max_uses, h.weekdays,
        to_char(h.starts_at, 'HH24:MI'), to_char(h.ends_at, 'HH24:MI'),
        array(
            select p.name from garita.access_points p
            where p.site_id = t.site_id and p.is_active and p.is_entry
                and (p.building_id is null or p.building_id = un.building_id)
                and (l.ids is null or p.id = any (l.ids))
            order by p.name limit 6),
        e.moments, e.ways, e.places,
        case when h.id is null and (v.expected_date + v.expected_time) at time zone v_site.time_zone
                between t.valid_from and t.valid_until
            then to_char(v.expected_date + v.expected_time, c_minutes) end
    from garita.temporary_codes t
    join garita.credentials k on k.code_kind = 'temporary' and k.code_id = t.id
    join garita.visitors v on v.id = t.visitor_id
    join garita.units un on un.id = v.unit_id
    left join garita.residents r on r.id = coalesce(v.resident_id, v.sponsor_id)
    left join garita.schedules h on h.id = t.schedule_id
    cross join lateral (
        select array_agg(c.access_point_id) as ids from garita.temporary_code_points c where c.temporary_code_id = t.id) l
    cross join lateral (
        select coalesce(array_agg(to_char(g."timestamp" at time zone v_site.time_zone, c_minutes) order by g."timestamp" desc),
                '{}') as moments,
            coalesce(array_agg(g.access_type order by g."timestamp" desc), '{}') as ways,
            coalesce(array_agg(g.access_point_name order by g."timestamp" desc), '{}') as places
        from (
            select a."timestamp", a.access_type, a.access_point_name from garita.access_logs a
            where v_is_shown and a.visitor_id = v.id and a.temporary_code_id = t.id and a.status = 'SUCCESS'
                and a."timestamp" >= t.created_at
            order by a."timestamp" desc limit 20) g) e
    where t.id = v_alias.temporary_code_id;
end
$$;

comment on function api.open_pass(bytea[], boolean) is
    'All that the page of a link shows, to whoever has it; no row for a link of none. p_is_look writes down that it was '
    'looked at. The sealed code only while the pass is good for something; of the home as much as the site lets visitors '
    'read; the last 20 times that it opened, newest first; when the visitor is expected, while the pass is good. Of a cancelled '
    'pass also whether there is a new one (renewed), and whether its visitor ended it (not_coming). At an hour 24:00 a schedule '
    'ends with its day.';
grant execute on function api.open_pass(bytea[], boolean) to garita_app;
