create or replace function api.unread_orders() returns table (id bigint, title text, text text)
language plpgsql stable
as $$
begin
    return query
    select o.id, o.title, o.text
    from api.current_shift() s
    join garita.standing_orders o on coalesce(o.access_point_id = s.access_point_id, true)
    where o.is_active and coalesce(o.first_day <= current_date, true) and coalesce(o.last_day >= current_date, true)
        -- An order that was changed since is another one.
        and not exists (
            select from garita.standing_order_acknowledgements a
            where a.shift_id = s.id and a.standing_order_id = o.id and a.created_at >= o.updated_at)
    order by o.updated_at desc, o.id;
end
$$;

comment on function api.unread_orders() is
    'The standing orders of today for the gate of the caller''s open shift that this shift has not acknowledged, or not '
    'since they were changed; the newest first. No row without a shift.';
grant execute on function api.unread_orders() to garita_admin, garita_guard;
