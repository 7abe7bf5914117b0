-- Row locks in one order everywhere: challenge, second factor, account.
create or replace function garita.spend_challenge(
    p_token_tags bytea[], p_step bigint, p_recovery_tag bytea, p_resealed bytea, p_key_version integer,
    p_request_id text, p_address text)
returns garita.login_challenges
language plpgsql volatile
as $$
declare
    v_challenge garita.login_challenges;
begin
    select c.* into v_challenge
    from garita.login_challenges c
    join garita.users u on u.id = c.user_id and u.is_active and u.token_version = c.token_version
    where c.token_tag = any (p_token_tags) and c.expires_at > clock_timestamp()
    for no key update of c;
    if not found then
        return null;
    end if;
    perform garita.act_as(v_challenge.user_id, p_request_id, p_address);
    if not garita.spend_code(v_challenge.user_id, p_step, p_recovery_tag) then
        return null;
    end if;
    delete from garita.login_challenges c where c.id = v_challenge.id;
    update garita.second_factors f set secret_sealed = p_resealed, key_version = p_key_version
    where f.user_id = v_challenge.user_id and p_resealed is not null;
    return v_challenge;
end
$$;

comment on function garita.spend_challenge(bytea[], bigint, bytea, bytea, integer, text, text) is
    'The challenge of a log-in whose password and code were right, used up with the code; null when the code is not.';
