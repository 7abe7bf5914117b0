-- As the owner, who alone writes that an order was read: by the shift of whoever read it.
create or replace function api.acknowledge_orders(p_order_ids bigint[]) returns integer
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_count integer;
begin
    insert into garita.standing_order_acknowledgements (standing_order_id, shift_id)
    select o.id, s.id
    from garita.shifts s
    join garita.standing_orders o on o.site_id = s.site_id and o.id = any (p_order_ids)
    where s.site_id = garita.current_site_id() and s.user_id = garita.current_user_id() and s.closed_at is null
    on conflict (shift_id, standing_order_id) do update set created_at = clock_timestamp();
    get diagnostics v_count = row_count;
    return v_count;
end
$$;

comment on function api.acknowledge_orders(bigint[]) is
    'The caller''s open shift has read these standing orders, now; returns how many there are.';
grant execute on function api.acknowledge_orders(bigint[]) to garita_admin, garita_guard;
