create or replace function garita.queue_door(
    p_door_id bigint, p_kind text, p_log_id bigint, p_user_id bigint, p_device_id bigint, p_reason text)
returns bigint
language plpgsql volatile
as $$
declare
    v_id bigint;
begin
    insert into garita.outbox (site_id, kind, not_after, door_id, log_id, user_id, device_id, reason)
    select d.site_id, p_kind,
        case p_kind when 'open' then clock_timestamp() + d.open_within_seconds * interval '1 second' end,
        d.id, p_log_id, p_user_id, p_device_id, left(coalesce(p_reason, ''), 200)
    from garita.doors d
    where d.id = p_door_id and d.is_active
    returning id into v_id;
    perform pg_notify('garita_outbox', 'd');
    return v_id;
end
$$;

comment on function garita.queue_door(bigint, text, bigint, bigint, bigint, text) is
    'A message to a door: open, hold (stay open) or release (back to normal). Returns its number; null for a door that is not '
    'in use. Whoever calls it has decided that it may.';
