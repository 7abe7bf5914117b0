-- As the owner, who alone writes shifts. Whoever goes to another gate ends the own shift; whoever relieves somebody ends
-- that person's shift, not the session: the one relieved may still be in the building and keeps the own pages.
create or replace function api.open_shift(p_access_point_id bigint, p_relieves bigint[] default '{}') returns bigint
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_user bigint := garita.current_user_id();
    v_open record;
    v_id bigint;
begin
    if garita.current_role_name() is null or garita.current_role_name() not in ('ADMIN', 'GUARD') then
        raise exception using errcode = 'GA403', hint = 'role',
            message = 'You do not have permission to perform this action.',
            detail = 'No tiene permiso para realizar esta acción.';
    elsif not exists (
        select from garita.access_points p
        where p.id = p_access_point_id and p.site_id = garita.current_site_id() and p.is_active)
    then
        raise exception using errcode = 'GA400', hint = 'access_point',
            message = 'Choose a gate that is in use.',
            detail = 'Elija un acceso en servicio.';
    end if;

    -- Opened twice at once it is one shift.
    perform pg_advisory_xact_lock(hashtextextended('shift ' || v_user, 0));
    update garita.shifts s set closed_at = v_now, relieved_by = v_user
    where s.site_id = garita.current_site_id() and s.access_point_id = p_access_point_id and s.id = any (p_relieves)
        and s.user_id <> v_user and s.closed_at is null;
    select s.id, s.access_point_id into v_open from garita.shifts s
    where s.site_id = garita.current_site_id() and s.user_id = v_user and s.closed_at is null;
    if v_open.access_point_id = p_access_point_id then
        return garita.set_saved_id(v_open.id);
    end if;
    update garita.shifts s set closed_at = v_now where s.id = v_open.id;
    insert into garita.shifts (user_id, access_point_id, opened_at) values (v_user, p_access_point_id, v_now)
    returning id into v_id;
    return garita.set_saved_id(v_id);
end
$$;

comment on function api.open_shift(bigint, bigint[]) is
    'Opens the caller''s shift at a gate and ends the own one at another, and the shifts there that the caller relieves; '
    'repeated, it changes nothing. Returns its number. GA403 for a resident, GA400 for a gate that is not in use.';
grant execute on function api.open_shift(bigint, bigint[]) to garita_admin, garita_guard;
