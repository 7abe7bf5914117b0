create or replace function api.find_password_link(p_token_tags bytea[])
returns table (username text, first_name text, last_name text, email text, site_name text)
language sql stable security definer
set search_path = garita, pg_temp
rows 1
as $$
    select u.username, u.first_name, u.last_name, u.email, coalesce(s.name, '')
    from garita.password_links l
    join garita.users u on u.id = l.user_id
    left join garita.sites s on s.id = u.site_id
    where l.token_tag = any (p_token_tags) and l.expires_at > clock_timestamp() and u.is_active
$$;

comment on function api.find_password_link(bytea[]) is
    'Whose password a link sets: what the new one must not resemble. No row when the link is unknown, used or too old.';
grant execute on function api.find_password_link(bytea[]) to garita_auth;
