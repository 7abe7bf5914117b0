create or replace function api.open_door(p_door_id bigint, p_reason text) returns bigint
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_is_active boolean;
    v_reason text := btrim(coalesce(p_reason, ''));
    v_id bigint;
begin
    select d.is_active into v_is_active from garita.doors d
    where d.id = p_door_id and d.site_id = garita.current_site_id();
    if v_is_active is null then
        raise exception using errcode = 'GA404', hint = 'Door',
            message = 'No Door matches the given query.',
            detail = 'Ningún registro de Door coincide con la consulta.';
    elsif v_reason = '' then
        raise exception using errcode = 'GA400', hint = 'reason',
            message = 'Say why the door is opened by hand.',
            detail = 'Diga por qué se abre la puerta a mano.';
    elsif not v_is_active then
        raise exception using errcode = 'GA409', hint = 'inactive',
            message = 'This door is not in use.',
            detail = 'Esta puerta está fuera de uso.';
    end if;

    v_id := garita.queue_door(p_door_id, 'open', null, garita.current_user_id(), null, v_reason);
    perform garita.write_audit('OPEN', 'doors', p_door_id, jsonb_build_object(
        'reason', jsonb_build_array(null, left(v_reason, 200)), 'opening', jsonb_build_array(null, v_id)));
    return garita.set_saved_id(v_id);
end
$$;

comment on function api.open_door(bigint, text) is
    'Opens a door by hand, which the audit tells with the reason; returns the number in the outbox. GA400 without a reason, '
    'GA404 for a door of another site, GA409 for one that is not in use.';
grant execute on function api.open_door(bigint, text) to garita_admin, garita_guard;
