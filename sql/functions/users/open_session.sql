create or replace function api.open_session(
    p_user_id bigint, p_name_tag bytea, p_device_tag bytea, p_challenge_tag bytea, p_request_id text, p_address text,
    p_user_agent text, p_page_tag bytea default null)
returns table (session_id bigint, generation integer, token_version integer, role text)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
begin
    perform garita.act_as(p_user_id, p_request_id, p_address);
    -- Serializes with api.confirm_second_factor, which ends all sessions without a second factor.
    perform from garita.users u where u.id = p_user_id for no key update;
    if garita.has_second_factor(p_user_id) then
        perform garita.make_challenge(p_user_id, p_name_tag, p_device_tag, p_challenge_tag);
    else
        return query
        select * from garita.begin_session(p_user_id, p_name_tag, p_device_tag, p_address, p_user_agent, p_page_tag);
    end if;
end
$$;

comment on function api.open_session(bigint, bytea, bytea, bytea, text, text, text, bytea) is
    'After the password was right: starts a session, or returns no row and creates a challenge where a second factor '
    'is missing. With the tag of a cookie the session is one of pages. GA401 for a disabled account.';
grant execute on function api.open_session(bigint, bytea, bytea, bytea, text, text, text, bytea) to garita_auth;
