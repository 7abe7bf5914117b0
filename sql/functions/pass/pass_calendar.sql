-- A pass without hours of its own is one event, in UTC: of an hour from when the visitor is expected, of the whole pass where
-- it begins then. One with hours is an event of its first day that repeats, in the time
-- of the site: whoever reads the file must know when that changes, so the changes travel with it (RFC 5545, 3.6.5).
create or replace function api.pass_calendar(p_tags bytea[])
returns table (
    code_id bigint, site_name text, language text, address text, changed_at text, begins text, ends text, last_end text,
    weekdays integer, time_zone text, first_offset integer, change_times text[], change_offsets integer[])
language plpgsql stable security definer
set search_path = garita, pg_temp
rows 1
as $$
#variable_conflict use_column
declare
    c_local constant text := 'YYYYMMDD"T"HH24MISS';
    c_utc constant text := 'YYYYMMDD"T"HH24MISS"Z"';
    v_code garita.temporary_codes;
    v_site garita.sites;
    v_hours garita.schedules;
    v_day timestamp;
    v_until timestamptz;
    v_expected timestamptz;
begin
    select t.* into v_code from garita.pass_aliases a
    join garita.temporary_codes t on t.id = a.temporary_code_id
    where a.kind = 'LINK' and a.code_tag = any (p_tags);
    select s.* into v_site from garita.sites s where s.id = v_code.site_id and s.is_active;
    if not found or garita.pass_state(v_code.id, clock_timestamp()) not in ('good', 'not_yet', 'outside_hours', 'pending') then
        return;
    end if;
    select h.* into v_hours from garita.schedules h where h.id = v_code.schedule_id;
    v_until := least(v_code.valid_until, (v_hours.last_day + 1)::timestamp at time zone v_site.time_zone);
    select d.day into v_day
    from generate_series(
        greatest(date_trunc('day', v_code.valid_from at time zone v_site.time_zone), v_hours.first_day::timestamp),
        v_until at time zone v_site.time_zone, interval '1 day') d (day)
    where v_hours.weekdays & (1 << extract(isodow from d.day)::integer - 1) <> 0
    limit 1;
    select e.at into v_expected
    from garita.visitors v
    cross join lateral (select (v.expected_date + v.expected_time) at time zone v_site.time_zone) e (at)
    where v.id = v_code.visitor_id and e.at > v_code.valid_from and e.at < v_code.valid_until;

    return query
    select v_code.id, v_site.name, v_site.language, v_site.address,
        to_char(v_code.updated_at at time zone 'UTC', c_utc),
        case when v_day is null then to_char(coalesce(v_expected, v_code.valid_from) at time zone 'UTC', c_utc)
            else to_char(v_day + v_hours.starts_at, c_local) end,
        case when v_day is null
            then to_char(coalesce(v_expected + interval '1 hour', v_code.valid_until) at time zone 'UTC', c_utc)
            else to_char(v_day + v_hours.ends_at
                + case when v_hours.ends_at <= v_hours.starts_at then interval '1 day' else interval '0' end, c_local) end,
        to_char(v_until at time zone 'UTC', c_utc), case when v_day is not null then v_hours.weekdays end,
        v_site.time_zone, z.first_offset, z.times, z.offsets
    from (
        select (array_agg(o.seconds order by o.at))[1] as first_offset,
            coalesce(array_agg(to_char(o.at at time zone 'UTC' + make_interval(secs => o.before), c_local) order by o.at)
                filter (where o.seconds <> o.before), '{}') as times,
            coalesce(array_agg(o.seconds order by o.at) filter (where o.seconds <> o.before), '{}') as offsets
        from (
            select h.at, f.seconds, lag(f.seconds) over (order by h.at) as before
            from generate_series(
                date_trunc('hour', v_code.valid_from) - interval '1 day',
                case when v_day is null then v_code.valid_from else v_until end, interval '1 hour') h (at)
            cross join lateral (
                select extract(epoch from h.at at time zone v_site.time_zone - h.at at time zone 'UTC')::integer) f (seconds)
            ) o) z;
end
$$;

comment on function api.pass_calendar(bytea[]) is
    'When the pass of a link is for, as iCalendar writes moments: of a pass with weekdays the first day in the time of the site '
    'and the end of the last in UTC, with the offsets of that time from UTC in seconds and when they change. No row for a link '
    'of none, or of a pass that is over.';
grant execute on function api.pass_calendar(bytea[]) to garita_app;
