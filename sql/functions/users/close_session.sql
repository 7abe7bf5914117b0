create or replace function api.close_session(p_user_id bigint, p_session_id bigint) returns boolean
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    update garita.sessions s set revoked_at = clock_timestamp()
    where s.id = p_session_id and s.user_id = p_user_id and s.revoked_at is null;
    return found;
end
$$;

comment on function api.close_session(bigint, bigint) is 'Log-out: true when a live session of that account ended.';
-- The auth pool too, for the page session that a new sign-in replaces.
grant execute on function api.close_session(bigint, bigint) to garita_auth, garita_app;
