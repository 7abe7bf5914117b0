-- Where the token's role alone would turn somebody away: a token that no longer counts is told so first (401), because that
-- is what clients renew it on. Every pool asks, the gate's too.
create or replace function api.require_caller(
    p_user_id bigint, p_token_version integer, p_session_id bigint, p_role text)
returns void
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
begin
    if p_role is distinct from (
        select c.role from garita.authenticate(p_user_id, p_token_version, p_session_id) as c) then
        raise exception using errcode = 'GA401', hint = 'token_not_valid',
            message = 'Given token not valid for any token type',
            detail = 'El token no es válido';
    end if;
end
$$;

comment on function api.require_caller(bigint, integer, bigint, text) is
    'GA401 unless the account is active, the token of its epoch, the session alive and the role the account''s present one.';
grant execute on function api.require_caller(bigint, integer, bigint, text) to garita_app, garita_auth, garita_gate;
