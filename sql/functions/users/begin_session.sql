create or replace function garita.begin_session(
    p_user_id bigint, p_name_tag bytea, p_device_tag bytea, p_address text, p_user_agent text,
    p_page_tag bytea default null)
returns table (session_id bigint, generation integer, token_version integer, role text)
language plpgsql volatile
rows 1
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_user garita.users;
    v_idle interval := case when p_page_tag is null then interval '7 days' else interval '30 minutes' end;
    v_whole interval := case when p_page_tag is null then interval '30 days' else interval '12 hours' end;
begin
    update garita.users u set last_login = v_now where u.id = p_user_id and u.is_active returning u.* into v_user;
    if v_user.id is null then
        raise exception using errcode = 'GA401', hint = 'user_inactive',
            message = 'User is inactive',
            detail = 'El usuario está inactivo';
    end if;
    delete from garita.login_throttles t where t.name_tag = p_name_tag and t.device_tag = p_device_tag;

    insert into garita.sessions as s
        (user_id, site_id, issued_at, expires_at, absolute_end, address, user_agent, page_tag, token_version)
    values (
        v_user.id, v_user.site_id, v_now, v_now + v_idle, v_now + v_whole,
        left(coalesce(p_address, ''), 64), left(coalesce(p_user_agent, ''), 300),
        p_page_tag, case when p_page_tag is not null then v_user.token_version end)
    returning s.id, s.generation into session_id, generation;

    token_version := v_user.token_version;
    role := v_user.role;
    return next;
end
$$;

comment on function garita.begin_session(bigint, bytea, bytea, text, text, bytea) is
    'Starts a family of refresh tokens (idle 7 days, 30 days in all), or with the tag of a cookie a session of pages '
    '(30 minutes, 12 hours), when all factors were right; deletes the failed attempts before. GA401 for a disabled '
    'account.';
