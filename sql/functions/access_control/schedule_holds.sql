-- By the clock on the wall: across a daylight change the hours stay what the sign at the gate says. Grace is real time:
-- a moment is good when the hours hold then, or did a little before, or will a little later. Half-open at both ends.
create or replace function garita.schedule_holds(
    p_schedule_id bigint, p_now timestamptz, p_time_zone text, p_before interval, p_after interval)
returns boolean
language plpgsql stable
as $$
declare
    -- The two stretches of the wall's clock are one, unless that clock changes in between.
    v_late_from timestamp := (p_now - p_after) at time zone p_time_zone;
    v_early_until timestamp := (p_now + p_before) at time zone p_time_zone;
begin
    return exists (
        select from garita.schedules s
        cross join (values
            (v_late_from, v_late_from + p_after), (v_early_until - p_before, v_early_until)) stretch (since, until)
        -- Yesterday's hours may pass midnight.
        cross join lateral generate_series(
            date_trunc('day', stretch.since) - interval '1 day', stretch.until, interval '1 day') d (day)
        where s.id = p_schedule_id
            and s.weekdays & (1 << extract(isodow from d.day)::integer - 1) <> 0
            and (s.first_day is null or d.day >= s.first_day)
            and (s.last_day is null or d.day <= s.last_day)
            and d.day + s.starts_at <= stretch.until
            and d.day + s.ends_at + case when s.ends_at <= s.starts_at then interval '1 day' else interval '0' end
                > stretch.since
            and (s.on_holidays or not exists (
                select from garita.holidays h where h.site_id = s.site_id and h.day = d.day::date)));
end
$$;

comment on function garita.schedule_holds(bigint, timestamptz, text, interval, interval) is
    'Whether a schedule holds at a moment, or would within the grace of the site.';
