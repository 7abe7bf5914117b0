-- As the owner: guards may not read accounts, but who relieved them has a name.
create or replace function api.own_last_shift()
returns table (access_point_id bigint, relieved_by text, closed_at timestamptz)
language plpgsql stable security definer
set search_path = garita, pg_temp
rows 1
as $$
begin
    return query
    select s.access_point_id, coalesce(nullif(btrim(u.first_name || ' ' || u.last_name), ''), u.username), s.closed_at
    from garita.shifts s
    left join garita.users u on u.id = s.relieved_by
    where s.site_id = garita.current_site_id() and s.user_id = garita.current_user_id()
    order by s.opened_at desc, s.id desc limit 1;
end
$$;

comment on function api.own_last_shift() is
    'The last shift of the caller: at which gate, when it ended, and who ended it by relieving the caller; no row before the '
    'first.';
grant execute on function api.own_last_shift() to garita_admin, garita_guard;
