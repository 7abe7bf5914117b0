create or replace function api.end_session(p_session_id bigint) returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    update garita.sessions s set revoked_at = clock_timestamp()
    where s.id = p_session_id and s.revoked_at is null
        and (s.user_id = garita.current_user_id()
            or garita.current_role_name() = 'ADMIN' and s.site_id = garita.current_site_id());
    if not found then
        raise exception using errcode = 'GA404', hint = 'Session',
            message = 'No Session matches the given query.',
            detail = 'Ningún registro de Session coincide con la consulta.';
    end if;
end
$$;

comment on function api.end_session(bigint) is
    'Ends one''s own session, or as an administrator one of the site: its tokens are void at once. GA404 for others.';
grant execute on function api.end_session(bigint) to garita_admin, garita_guard, garita_resident;
