create or replace function api.disable_second_factor(
    p_user_id bigint, p_token_version integer, p_session_id bigint, p_step bigint, p_recovery_tag bytea,
    p_request_id text, p_address text)
returns boolean
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    if not garita.prove_second_factor(
        p_user_id, p_token_version, p_session_id, p_step, p_recovery_tag, p_request_id, p_address)
    then
        return false;
    end if;
    delete from garita.second_factors f where f.user_id = p_user_id;
    delete from garita.login_challenges c where c.user_id = p_user_id;
    return true;
end
$$;

comment on function api.disable_second_factor(bigint, integer, bigint, bigint, bytea, text, text) is
    'Removes one''s own second factor; false when the code is not right. GA401 for a dead token.';
grant execute on function api.disable_second_factor(bigint, integer, bigint, bigint, bytea, text, text) to garita_auth;
