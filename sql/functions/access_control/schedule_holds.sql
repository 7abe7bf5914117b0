-- In local time: across a daylight change the hours stay what the sign at the gate says. Grace is elapsed time: a moment
-- is good when the hours hold then, or at some moment within the grace before or after it. Half-open at both ends.
create or replace function garita.schedule_holds(
    p_schedule_id bigint, p_now timestamptz, p_time_zone text, p_before interval, p_after interval)
returns boolean
language plpgsql stable
as $$
declare
    v_since timestamptz := p_now - p_after;
    v_until timestamptz := p_now + p_before;
begin
    -- Local time has one offset from UTC until it changes and another one from then on, and changes at most once in so
    -- short a time. For each offset the moment is tried that holds if any does: the earliest of the first one, the
    -- latest of the second one.
    return exists (
        select from garita.schedules s
        cross join lateral (values
            (v_since at time zone p_time_zone - v_since at time zone 'UTC', true),
            (v_until at time zone p_time_zone - v_until at time zone 'UTC', false)) wall (distance, is_first)
        -- Yesterday's hours may pass midnight.
        cross join lateral generate_series(
            date_trunc('day', v_since at time zone 'UTC' + wall.distance) - interval '1 day',
            v_until at time zone 'UTC' + wall.distance, interval '1 day') d (day)
        cross join lateral (
            select (d.day + s.starts_at - wall.distance) at time zone 'UTC',
                (d.day + s.ends_at + case when s.ends_at <= s.starts_at then interval '1 day' else interval '0' end
                    - wall.distance) at time zone 'UTC') hours (since, until)
        cross join lateral (
            select case when wall.is_first then greatest(v_since, hours.since)
                else least(v_until, hours.until - interval '1 microsecond') end) m (moment)
        where s.id = p_schedule_id
            and s.weekdays & (1 << extract(isodow from d.day)::integer - 1) <> 0
            and (s.first_day is null or d.day >= s.first_day)
            and (s.last_day is null or d.day <= s.last_day)
            and m.moment between v_since and v_until and m.moment >= hours.since and m.moment < hours.until
            and m.moment at time zone p_time_zone - m.moment at time zone 'UTC' = wall.distance
            and (s.on_holidays or not exists (
                select from garita.holidays h where h.site_id = s.site_id and h.day = d.day::date)));
end
$$;

comment on function garita.schedule_holds(bigint, timestamptz, text, interval, interval) is
    'Whether a schedule holds at a moment, or would within the grace of the site.';
