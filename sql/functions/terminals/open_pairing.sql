create or replace function api.open_pairing(p_door_id bigint) returns timestamptz
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_door garita.doors := garita.administered_door(p_door_id);
    v_until timestamptz := clock_timestamp() + interval '10 minutes';
begin
    insert into garita.terminals as t (site_id, serial, pairing_until)
    values (v_door.site_id, v_door.settings ->> 'serial', v_until)
    on conflict (serial) do update
    set pairing_until = v_until, site_id = v_door.site_id,
        -- Of another site it was there, and has to register anew.
        paired_at = case when t.site_id = v_door.site_id then t.paired_at end,
        dialect = case when t.site_id = v_door.site_id then t.dialect end
    where t.site_id = v_door.site_id or not exists (select from garita.terminal_doors(t.serial));
    if not found then
        raise exception using errcode = 'GA409', hint = 'terminal_in_use',
            message = 'Another site uses this terminal.',
            detail = 'Otra comunidad usa esta terminal.';
    end if;
    perform garita.device_of_door(v_door);
    return v_until;
end
$$;

comment on function api.open_pairing(bigint) is
    'For ten minutes the terminal of a door may register; returns until when. GA404 for a door without terminal, GA409 for a '
    'terminal of another site.';
grant execute on function api.open_pairing(bigint) to garita_admin;
