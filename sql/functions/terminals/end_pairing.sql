create or replace function api.end_pairing(p_door_id bigint) returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_door garita.doors := garita.administered_door(p_door_id);
begin
    update garita.terminals t
    set pairing_until = null, paired_at = null, registry_code = null, session_code = null, token_tag = null
    where t.serial = v_door.settings ->> 'serial' and t.site_id = v_door.site_id;
end
$$;

comment on function api.end_pairing(bigint) is
    'The terminal of a door is not known any more: its next request is refused. GA404 for a door without terminal.';
grant execute on function api.end_pairing(bigint) to garita_admin;
