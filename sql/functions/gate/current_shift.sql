create or replace function api.current_shift()
returns table (
    id bigint, opened_at timestamptz, access_point_id bigint, access_point_name text, is_entry boolean, is_exit boolean)
language plpgsql stable
rows 1
as $$
begin
    return query
    select s.id, s.opened_at, p.id, p.name, p.is_entry, p.is_exit
    from garita.shifts s
    join garita.access_points p on p.id = s.access_point_id
    where s.user_id = garita.current_user_id() and s.closed_at is null;
end
$$;

comment on function api.current_shift() is
    'The open shift of the caller with its gate; no row while the caller watches none.';
grant execute on function api.current_shift() to garita_admin, garita_guard;
