create or replace function api.confirm_second_factor(
    p_user_id bigint, p_token_version integer, p_session_id bigint, p_step bigint, p_recovery_tags bytea[],
    p_request_id text, p_address text)
returns boolean
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    if not garita.prove_second_factor(
        p_user_id, p_token_version, p_session_id, p_step, null, p_request_id, p_address)
    then
        return false;
    end if;
    update garita.second_factors f set confirmed_at = clock_timestamp(), recovery_tags = p_recovery_tags
    where f.user_id = p_user_id and f.confirmed_at is null;
    if not found then
        raise exception using errcode = 'GA409', hint = 'second_factor_in_use',
            message = 'A second factor is already in use.',
            detail = 'Ya hay un segundo factor en uso.';
    end if;
    -- After every log-in of this moment (api.open_session); then no session without it is left but this one.
    perform from garita.users u where u.id = p_user_id for no key update;
    update garita.sessions s set revoked_at = clock_timestamp()
    where s.user_id = p_user_id and s.id <> p_session_id and s.revoked_at is null;
    return true;
end
$$;

comment on function api.confirm_second_factor(bigint, integer, bigint, bigint, bytea[], text, text) is
    'Requires a code at log-in from now on: stores the tags of the recovery codes and ends every other session. False '
    'when the code is not right, GA409 where one is in use, GA401 for a dead token.';
grant execute on function api.confirm_second_factor(bigint, integer, bigint, bigint, bytea[], text, text) to garita_auth;
