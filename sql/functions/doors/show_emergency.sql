create or replace function api.show_emergency() returns table (began_at timestamptz, begun_by text, note text)
language sql stable security definer
set search_path = garita, pg_temp
rows 1
as $$
    select e.began_at, coalesce(nullif(btrim(u.first_name || ' ' || u.last_name), ''), u.username), e.note
    from garita.emergencies e
    left join garita.users u on u.id = e.begun_by
    where e.site_id = garita.current_site_id() and e.ended_at is null
$$;

comment on function api.show_emergency() is 'The emergency of the caller''s site; no row while there is none.';
grant execute on function api.show_emergency() to garita_admin, garita_guard;
