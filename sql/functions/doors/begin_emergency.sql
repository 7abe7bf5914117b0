create or replace function api.begin_emergency(p_note text) returns bigint
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_site bigint := garita.current_site_id();
    v_id bigint;
begin
    -- Of two who begin it at once one does; whoever ends it waits for that.
    insert into garita.emergencies (site_id, begun_by, note)
    values (v_site, garita.current_user_id(), left(btrim(coalesce(p_note, '')), 500))
    on conflict (site_id) where ended_at is null do nothing
    returning id into v_id;
    if v_id is not null then
        perform garita.stop_waiting(v_site, 'release', 'emergency');
        perform garita.queue_door(d.id, 'hold', null, garita.current_user_id(), null, 'emergency')
        from garita.doors d where d.site_id = v_site and d.is_active;
    else
        select e.id into v_id from garita.emergencies e where e.site_id = v_site and e.ended_at is null;
    end if;
    return v_id;
end
$$;

comment on function api.begin_emergency(text) is
    'All doors of the caller''s site are to stay open until somebody ends it. While one lasts it does nothing.';
grant execute on function api.begin_emergency(text) to garita_admin, garita_guard;
