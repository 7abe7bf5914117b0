create or replace function api.renew_page_session(
    p_user_id bigint, p_session_id bigint, p_old_tags bytea[], p_new_tag bytea)
returns boolean
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_now timestamptz := clock_timestamp();
begin
    update garita.sessions s
    set page_tag = p_new_tag, token_version = u.token_version,
        expires_at = least(v_now + interval '30 minutes', s.absolute_end)
    from garita.users u
    where s.id = p_session_id and s.user_id = p_user_id and u.id = p_user_id and u.is_active
        and s.page_tag = any (p_old_tags) and s.revoked_at is null and s.expires_at > v_now and s.absolute_end > v_now;
    return found;
end
$$;

comment on function api.renew_page_session(bigint, bigint, bytea[], bytea) is
    'Gives a session of pages a new cookie after a password or a second factor changed; the old one is void. False '
    'when the session has ended.';
grant execute on function api.renew_page_session(bigint, bigint, bytea[], bytea) to garita_auth;
