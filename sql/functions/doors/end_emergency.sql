create or replace function api.end_emergency() returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_site bigint := garita.current_site_id();
begin
    update garita.emergencies e set ended_at = clock_timestamp(), ended_by = garita.current_user_id()
    where e.site_id = v_site and e.ended_at is null;
    if not found then
        return;
    end if;
    perform garita.stop_waiting(v_site, 'hold', 'emergency over');
    perform garita.queue_door(d.id, 'release', null, garita.current_user_id(), null, 'emergency over')
    from garita.doors d where d.site_id = v_site and d.is_active;
end
$$;

comment on function api.end_emergency() is
    'Every door of the caller''s site goes back to normal. Where there is no emergency it does nothing.';
grant execute on function api.end_emergency() to garita_admin, garita_guard;
