create or replace function api.own_account(p_user_id bigint, p_token_version integer, p_session_id bigint)
returns table (
    password_hash text, username text, first_name text, last_name text, email text, site_name text)
language plpgsql stable security definer
set search_path = garita, pg_temp
rows 1
as $$
begin
    perform garita.authenticate(p_user_id, p_token_version, p_session_id);
    return query
    select u.password_hash, u.username, u.first_name, u.last_name, u.email, coalesce(s.name, '')
    from garita.users u left join garita.sites s on s.id = u.site_id
    where u.id = p_user_id;
end
$$;

comment on function api.own_account(bigint, integer, bigint) is
    'What a signed-in person proves their password with, and what a new one must not resemble. GA401 for a dead token.';
grant execute on function api.own_account(bigint, integer, bigint) to garita_auth;
