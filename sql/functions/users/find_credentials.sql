create or replace function api.find_credentials(p_username text)
returns table (user_id bigint, password_hash text, is_active boolean)
language sql stable security definer
set search_path = garita, pg_temp
rows 1
as $$
    select u.id, u.password_hash, u.is_active from garita.users u where u.username = p_username
$$;

comment on function api.find_credentials(text) is
    'What a log-in compares with; no row for an unknown name. The only way to a password hash, open to the auth pool '
    'alone.';
grant execute on function api.find_credentials(text) to garita_auth;
