create or replace function api.pass_challenge(
    p_token_tags bytea[], p_step bigint, p_recovery_tag bytea, p_resealed bytea, p_key_version integer,
    p_request_id text, p_address text, p_user_agent text, p_page_tag bytea default null)
returns table (session_id bigint, generation integer, token_version integer, role text)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
declare
    v_challenge garita.login_challenges := garita.spend_challenge(
        p_token_tags, p_step, p_recovery_tag, p_resealed, p_key_version, p_request_id, p_address);
begin
    if v_challenge.id is not null then
        return query
        select * from garita.begin_session(
            v_challenge.user_id, v_challenge.name_tag, v_challenge.device_tag, p_address, p_user_agent, p_page_tag);
    end if;
end
$$;

comment on function api.pass_challenge(bytea[], bigint, bytea, bytea, integer, text, text, text, bytea) is
    'Starts the session of a log-in whose password and code were right; no row when the code is not. Null for step and '
    'recovery tag where the code matches nothing; the secret sealed anew where a newer key is in use, else null.';
grant execute on function api.pass_challenge(bytea[], bigint, bytea, bytea, integer, text, text, text, bytea) to garita_auth;
