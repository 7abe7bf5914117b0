create or replace function api.session_is_live(p_user_id bigint, p_token_version integer, p_session_id bigint)
returns boolean
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
begin
    return (
        select exists (
            select from garita.users u
            join garita.sessions s on s.user_id = u.id
            where u.id = p_user_id and u.is_active and u.token_version = p_token_version
                and s.id = p_session_id and s.revoked_at is null
                and s.expires_at > clock_timestamp() and s.absolute_end > clock_timestamp()));
end
$$;

comment on function api.session_is_live(bigint, integer, bigint) is
    'Whether a token of that account, epoch and session still counts: for auth/verify.';
grant execute on function api.session_is_live(bigint, integer, bigint) to garita_app;
revoke execute on function api.session_is_live(bigint, integer, bigint) from garita_auth;
