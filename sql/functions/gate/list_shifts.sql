-- As the owner: guards may not read accounts, but whom they relieve has a name.
create or replace function api.list_shifts()
returns table (
    id bigint, access_point_id bigint, access_point_name text, guard text, is_own boolean, opened_at timestamptz,
    closed_at timestamptz, handover text)
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
begin
    return query
    select s.id, p.id, p.name, coalesce(nullif(btrim(u.first_name || ' ' || u.last_name), ''), u.username),
        s.user_id = garita.current_user_id(), s.opened_at, s.closed_at, s.handover
    from garita.access_points p
    join lateral (
        select o.* from garita.shifts o where o.access_point_id = p.id and o.closed_at is null
        union all
        -- Whoever goes to another gate for a moment must not hide what was left before.
        (select c.* from garita.shifts c
            where c.access_point_id = p.id and c.closed_at > clock_timestamp() - interval '24 hours'
                and (c.handover <> '' or exists (select from garita.shift_notes n where n.shift_id = c.id))
            order by c.closed_at desc limit 1)
    ) s on true
    join garita.users u on u.id = s.user_id
    where p.site_id = garita.current_site_id()
    order by s.closed_at is not null, p.name, s.opened_at;
end
$$;

comment on function api.list_shifts() is
    'The open shifts of all gates, then the last one at each that ended in the last 24 hours and left words or notes, with the '
    'guard''s name.';
grant execute on function api.list_shifts() to garita_admin, garita_guard;
