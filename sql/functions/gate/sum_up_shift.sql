-- As the owner: guards may not read accounts, and those inside are counted by garita.visits_inside.
create or replace function api.sum_up_shift(
    p_shift_id bigint, out guard text, out access_point_name text, out opened_at timestamptz, out closed_at timestamptz,
    out relieved_by text, out handover text, out entries bigint, out exits bigint, out refused bigint, out by_hand bigint,
    out emergencies bigint, out corrections bigint, out inside integer, out people integer, out waiting integer, out is_throttled boolean)
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
declare
    v_shift garita.shifts;
    v_figures garita.shifts;
begin
    select s.* into v_shift from garita.shifts s where s.id = p_shift_id and s.site_id = garita.current_site_id();
    if v_shift.id is null then
        raise exception using errcode = 'GA404', hint = 'Shift',
            message = 'No Shift matches the given query.',
            detail = 'Ningún registro de Shift coincide con la consulta.';
    end if;
    opened_at := v_shift.opened_at;
    closed_at := v_shift.closed_at;
    handover := v_shift.handover;
    select coalesce(nullif(btrim(u.first_name || ' ' || u.last_name), ''), u.username) into guard
    from garita.users u where u.id = v_shift.user_id;
    select coalesce(nullif(btrim(u.first_name || ' ' || u.last_name), ''), u.username) into relieved_by
    from garita.users u where u.id = v_shift.relieved_by;
    select p.name into access_point_name from garita.access_points p where p.id = v_shift.access_point_id;

    select count(*) filter (where l.status = 'SUCCESS' and l.access_type = 'ENTRY'),
        count(*) filter (where l.status = 'SUCCESS' and l.access_type = 'EXIT'),
        count(*) filter (where l.status <> 'SUCCESS'),
        count(*) filter (where l.status = 'SUCCESS' and l.access_method = 'MANUAL'),
        count(*) filter (where 'emergency' = any (l.warnings))
    into entries, exits, refused, by_hand, emergencies
    from garita.access_logs l
    where l.site_id = v_shift.site_id and l."timestamp" >= v_shift.opened_at
        and l."timestamp" <= coalesce(v_shift.closed_at, clock_timestamp())
        and l.access_point_id = v_shift.access_point_id;

    select count(*) into corrections
    from garita.log_corrections c
    where c.site_id = v_shift.site_id and c.log_time >= v_shift.opened_at
        and c.log_time <= coalesce(v_shift.closed_at, clock_timestamp())
        and exists (
            select from garita.access_logs l
            where l.id = c.log_id and l."timestamp" = c.log_time and l.access_point_id = v_shift.access_point_id);

    v_figures := v_shift;
    if v_shift.closed_at is null then
        select count(*)::integer, coalesce(sum(1 + v.companions), 0)::integer into v_figures.visits_inside, v_figures.people_inside
        from garita.visits_inside i join garita.visitors v on v.id = i.visitor_id
        where i.site_id = v_shift.site_id;
        select count(*)::integer into v_figures.visits_waiting
        from garita.visitors v
        where v.site_id = v_shift.site_id and v.expected_date between current_date - 1 and current_date
            and v.status = 'PENDING';
    end if;
    inside := v_figures.visits_inside;
    people := v_figures.people_inside;
    waiting := v_figures.visits_waiting;
    is_throttled := exists (
        select from garita.gate_throttles t
        where t.site_id = v_shift.site_id and t.access_point_id = v_shift.access_point_id and t.short_off);
end
$$;

comment on function api.sum_up_shift(bigint) is
    'What a shift hands over: who watched which gate from when until when, what was decided there in that time (entries, '
    'exits, refused; of the granted ones those by hand, and emergencies) and corrected, who was inside and who waited when it ended, or '
    'does now, and whether short codes are off at the gate. GA404 for a shift of another site.';
grant execute on function api.sum_up_shift(bigint) to garita_admin, garita_guard;
