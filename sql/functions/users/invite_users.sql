-- As the owner: links are written by functions alone.
create or replace function api.invite_users(p_usernames text[], p_token_tags bytea[])
returns table (place integer, user_id bigint, username text, full_name text, unit text, ends_at timestamptz)
language sql volatile security definer
set search_path = garita, pg_temp
as $$
    with invited as (
        select u.id, u.site_id, u.username, a.n::integer as place,
            coalesce(nullif(btrim(u.first_name || ' ' || u.last_name), ''), u.username) as full_name,
            coalesce((
                select b.code || '-' || un.number
                from garita.residents r join garita.units un on un.id = r.unit_id join garita.buildings b on b.id = un.building_id
                where r.user_id = u.id), '') as unit
        from unnest(p_usernames) with ordinality a (username, n)
        join garita.users u on u.username = a.username and u.site_id = garita.current_site_id()
        -- Whoever has a password needs no link.
        where garita.current_role_name() = 'ADMIN' and u.password_hash = '!' and u.is_active
    ), linked as (
        insert into garita.password_links (site_id, user_id, token_tag, expires_at)
        select i.site_id, i.id, p_token_tags[i.place], clock_timestamp() + interval '7 days' from invited i
        on conflict (user_id) do update set token_tag = excluded.token_tag, expires_at = excluded.expires_at
        returning user_id, expires_at
    )
    select i.place, i.id, i.username, i.full_name, i.unit, l.expires_at
    from invited i join linked l on l.user_id = i.id
    order by i.place
$$;

comment on function api.invite_users(text[], bytea[]) is
    'Creates one-time links good for seven days for accounts of the site that have no password yet, one for each name and tag; '
    'the place of each, from 1.';
grant execute on function api.invite_users(text[], bytea[]) to garita_admin;
