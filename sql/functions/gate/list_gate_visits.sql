-- As the owner: the hours of a visit are in no list of schedules, and policies would be checked row by row. The consoles of
-- a gate ask this every second, so each branch goes by an index, and what costs a look into the log is done for the rows
-- that are shown alone.
create or replace function api.list_gate_visits(
    p_list text, p_words text default '', p_unit_id bigint default null, p_limit integer default 20)
returns table (
    id bigint, name text, unit_id bigint, unit text, kind text, company text, plate text, companions integer, party text,
    expected_time time, since timestamptz, is_late boolean, certainty text, visits bigint, people bigint,
    host_ids bigint[], host_names text[], host_phones text[])
language plpgsql stable security definer
set search_path = garita, pg_temp
set plan_cache_mode = force_generic_plan
set jit = off
as $$
declare
    v_site bigint := garita.current_site_id();
    v_weekday integer := 1 << (extract(isodow from current_date)::integer - 1);
    v_midnight timestamptz := current_date::timestamptz;
    v_words text := '%' || regexp_replace(garita.fold(btrim(coalesce(p_words, ''))), '([\\%_])', '\\\1', 'g') || '%';
begin
    return query
    with chosen (visit, due) as materialized (
        -- Expected: today, and whoever has a pass that opens today, such as somebody who comes every week.
        select v.id, v.expected_time
        from garita.visitors v
        where p_list = 'expected' and v.site_id = v_site and v.expected_date = current_date and v.status = 'APPROVED'
        union
        select v.id, coalesce(v.expected_time, s.starts_at)
        from garita.temporary_codes t
        join garita.credentials k on k.code_kind = 'temporary' and k.code_id = t.id
        join garita.visitors v on v.id = t.visitor_id
        left join garita.schedules s on s.id = t.schedule_id
        where p_list = 'expected' and t.site_id = v_site and t.valid_until > now() and t.valid_from < v_midnight + interval '1 day'
            and t.is_active and k.times_used < k.max_uses and v.expected_date < current_date
            and (v.status = 'APPROVED' or v.status = 'CHECKED_OUT' and s.id is not null and v.check_in_time < v_midnight)
            and (s.id is null or s.weekdays & v_weekday <> 0
                and coalesce(s.first_day <= current_date, true) and coalesce(s.last_day >= current_date, true))
        union all
        select v.id, null
        from garita.visitors v
        where p_list = 'waiting' and v.site_id = v_site and v.expected_date between current_date - 1 and current_date
            and v.status = 'PENDING'
        union all
        select i.visitor_id, null from garita.visits_inside i where p_list = 'inside' and i.site_id = v_site
    ), shown as materialized (
        select v.id, v.first_name, v.last_name, v.unit_id, b.code || '-' || u.number as unit, v.visitor_type, v.company,
            v.vehicle_plate, v.companions, v.party, c.due, v.status,
            case p_list when 'waiting' then v.created_at when 'inside' then coalesce(v.check_in_time, v.updated_at)
                end as since,
            count(*) over () as visits, sum(1 + v.companions) over () as people
        from (select c.visit, min(c.due) as due from chosen c group by c.visit) c
        join garita.visitors v on v.id = c.visit
        join garita.units u on u.id = v.unit_id
        join garita.buildings b on b.id = u.building_id
        where (p_unit_id is null or v.unit_id = p_unit_id)
            and (v_words = '%%' or v.search_text like v_words or garita.fold(b.code || '-' || u.number) like v_words)
    ), timed as (
        select s.*, s.since + make_interval(mins => case s.visitor_type
                when 'GUEST' then si.stay_minutes_guest when 'DELIVERY' then si.stay_minutes_delivery
                when 'SERVICE' then si.stay_minutes_service when 'CONTRACTOR' then si.stay_minutes_contractor
                else si.stay_minutes_other end) < now() and p_list = 'inside' as is_late
        from shown s join garita.sites si on si.id = v_site
    ), page as (
        select * from timed t
        order by t.is_late desc, case when p_list = 'waiting' then t.since end, t.since desc, t.due, t.first_name, t.id
        limit p_limit
    )
    select p.id, concat_ws(' ', p.first_name, nullif(p.last_name, '—')), p.unit_id, p.unit, p.visitor_type::text,
        p.company::text, p.vehicle_plate::text, p.companions::integer, p.party::text, p.due, p.since, p.is_late,
        case
            when p_list <> 'inside' then null
            when p.is_late or p.since < v_midnight and p.since < now() - interval '12 hours' then 'doubtful'
            when coalesce(l.access_method, 'MANUAL') = 'MANUAL' then 'likely'
            else 'sure'
        end,
        p.visits, p.people, h.ids, h.names, h.phones
    from page p
    left join lateral (
        select l.access_method
        from garita.access_logs l
        where p_list = 'inside' and l.visitor_id = p.id and l."timestamp" >= p.since and l.access_type = 'ENTRY'
            and l.status = 'SUCCESS'
        order by l."timestamp" desc limit 1) l on true
    left join lateral (
        select array_agg(r.id order by r.id) as ids,
            array_agg(r.first_name || ' ' || r.last_name order by r.id) as names, array_agg(r.phone order by r.id) as phones
        from garita.residents r
        where p_list = 'waiting' and r.unit_id = p.unit_id and garita.can_host(r.id, p.unit_id)) h on true
    order by p.is_late desc, case when p_list = 'waiting' then p.since end, p.since desc, p.due, p.first_name, p.id;
end
$$;

comment on function api.list_gate_visits(text, text, bigint, integer) is
    'The visits a guard waits for (p_list expected, today''s), that wait for an answer (waiting, of today and yesterday, with '
    'the residents who can give it) or that are inside: those that words or a home narrow down, at most p_limit of them, '
    'each with how many there are and how many people come or came. Of those inside: since when, whether that is longer '
    'than usual for the kind (is_late), and how sure it is: sure, likely (let in by hand), doubtful (late, or since an '
    'earlier day).';
grant execute on function api.list_gate_visits(text, text, bigint, integer) to garita_admin, garita_guard;
