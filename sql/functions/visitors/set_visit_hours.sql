-- As the owner: residents may write no schedule, and this one is of their own visit. The caller issues the pass that it
-- belongs to in the same transaction.
create or replace function api.set_visit_hours(
    p_visitor_id bigint, p_weekdays integer, p_starts_at time, p_ends_at time, p_last_day date,
    p_on_holidays boolean default true, p_first_day date default null)
returns bigint
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_id bigint;
begin
    if not exists (
        select from garita.visitors v
        where v.id = p_visitor_id and v.site_id = garita.current_site_id()
            and (garita.current_role_name() in ('ADMIN', 'GUARD') or v.unit_id = any (garita.current_unit_ids())))
    then
        raise exception using errcode = 'GA404', hint = 'Visitor',
            message = 'No Visitor matches the given query.',
            detail = 'Ningún registro de Visitor coincide con la consulta.';
    elsif p_first_day <= p_last_day and not exists (
        select from generate_series(p_first_day::timestamp, least(p_last_day, p_first_day + 6), interval '1 day') d (day)
        where p_weekdays & (1 << extract(isodow from d.day)::integer - 1) <> 0)
    then
        raise exception using errcode = 'GA400', hint = 'weekdays',
            message = 'None of these days comes before the last day.',
            detail = 'Ninguno de estos días llega antes del último día.';
    end if;
    update garita.schedules s
    set weekdays = p_weekdays, starts_at = p_starts_at, ends_at = p_ends_at, last_day = p_last_day,
        on_holidays = p_on_holidays
    where s.visitor_id = p_visitor_id
    returning s.id into v_id;
    if v_id is null then
        insert into garita.schedules (name, visitor_id, weekdays, starts_at, ends_at, last_day, on_holidays)
        values ('visit ' || p_visitor_id, p_visitor_id, p_weekdays, p_starts_at, p_ends_at, p_last_day, p_on_holidays)
        returning id into v_id;
    end if;
    return v_id;
end
$$;

comment on function api.set_visit_hours(bigint, integer, time, time, date, boolean, date) is
    'The hours of a visit that comes again and again, as a schedule of its own; returns its number. Weekdays are added up: '
    'Monday 1 … Sunday 64. GA404 for a visit the caller may not see, GA400 where none of the days comes from p_first_day to '
    'p_last_day.';
grant execute on function api.set_visit_hours(bigint, integer, time, time, date, boolean, date)
    to garita_admin, garita_guard, garita_resident;
