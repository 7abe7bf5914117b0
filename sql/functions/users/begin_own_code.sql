create or replace function api.begin_own_code(p_user_id bigint, p_token_version integer, p_session_id bigint)
returns table (wait_seconds integer, secret_sealed bytea, key_version integer, is_confirmed boolean)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
begin
    perform garita.authenticate(p_user_id, p_token_version, p_session_id);
    return query select * from garita.begin_code(p_user_id);
end
$$;

comment on function api.begin_own_code(bigint, integer, bigint) is
    'Counts a code that a signed-in person tries and returns what to compare it with, or how long to wait. No row '
    'without an authenticator. GA401 for a dead token.';
grant execute on function api.begin_own_code(bigint, integer, bigint) to garita_auth;
