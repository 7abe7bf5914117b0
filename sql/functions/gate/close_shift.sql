create or replace function api.close_shift(p_handover text default '') returns bigint
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_id bigint;
begin
    update garita.shifts s set closed_at = clock_timestamp(), handover = coalesce(p_handover, '')
    where s.site_id = garita.current_site_id() and s.user_id = garita.current_user_id() and s.closed_at is null
    returning s.id into v_id;
    if v_id is null then
        raise exception using errcode = 'GA409', hint = 'shift',
            message = 'You have no open shift.',
            detail = 'No tiene un turno abierto.';
    end if;
    return garita.set_saved_id(v_id);
end
$$;

comment on function api.close_shift(text) is
    'Ends the caller''s shift with what is handed over in words; returns its number. GA409 without an open one.';
grant execute on function api.close_shift(text) to garita_admin, garita_guard;
