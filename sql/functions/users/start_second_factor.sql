create or replace function api.start_second_factor(
    p_user_id bigint, p_token_version integer, p_session_id bigint, p_secret_sealed bytea, p_key_version integer,
    p_request_id text, p_address text)
returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    perform garita.authenticate(p_user_id, p_token_version, p_session_id);
    perform garita.act_as(p_user_id, p_request_id, p_address);
    insert into garita.second_factors as f (user_id, site_id, secret_sealed, key_version)
    select u.id, u.site_id, p_secret_sealed, p_key_version from garita.users u where u.id = p_user_id
    on conflict (user_id) do update
    set secret_sealed = excluded.secret_sealed, key_version = excluded.key_version, last_step = 0, failures = 0,
        created_at = clock_timestamp()
    where f.confirmed_at is null;
    if not found then
        raise exception using errcode = 'GA409', hint = 'second_factor_in_use',
            message = 'A second factor is already in use.',
            detail = 'Ya hay un segundo factor en uso.';
    end if;
end
$$;

comment on function api.start_second_factor(bigint, integer, bigint, bytea, integer, text, text) is
    'Stores a secret for an authenticator; it is not asked for before it is confirmed, and another start replaces it. '
    'GA409 where one is in use, GA401 for a dead token.';
grant execute on function api.start_second_factor(bigint, integer, bigint, bytea, integer, text, text) to garita_auth;
