create or replace function api.renew_recovery_codes(
    p_user_id bigint, p_token_version integer, p_session_id bigint, p_step bigint, p_recovery_tag bytea,
    p_recovery_tags bytea[], p_request_id text, p_address text)
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
    update garita.second_factors f set recovery_tags = p_recovery_tags
    where f.user_id = p_user_id and f.confirmed_at is not null;
    return found;
end
$$;

comment on function api.renew_recovery_codes(bigint, integer, bigint, bigint, bytea, bytea[], text, text) is
    'Replaces all recovery codes by new ones; false when the code is not right. GA401 for a dead token.';
grant execute on function api.renew_recovery_codes(bigint, integer, bigint, bigint, bytea, bytea[], text, text)
    to garita_auth;
