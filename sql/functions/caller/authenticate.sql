-- Says exactly whether an access token still counts, and what is wrong with one that does not. Where sessions know their
-- caller (garita.callers), this is asked only for whom they do not let in.
create or replace function garita.authenticate(
    p_user_id bigint, p_token_version integer, p_session_id bigint,
    out site_id bigint, out role text, out time_zone text, out must_enrol boolean)
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_is_active boolean;
    v_is_current boolean;
begin
    select u.is_active, u.token_version = p_token_version and s.id is not null, u.role, si.id, si.time_zone,
        u.role = any (si.second_factor_roles) and not garita.has_second_factor(u.id)
    into v_is_active, v_is_current, role, site_id, time_zone, must_enrol
    from garita.users u
    left join garita.sessions s
        on s.id = p_session_id and s.user_id = u.id and s.revoked_at is null
        and s.expires_at > v_now and s.absolute_end > v_now
    -- A superuser belongs to no site and works in the one chosen for this session, else in the first one.
    left join garita.sites si
        on si.is_active and si.id = coalesce(
            case when u.is_superuser and s.chosen_site_id is not null then (
                select c.id from garita.sites c where c.id = s.chosen_site_id and c.is_active) end,
            u.site_id, (select min(f.id) from garita.sites f where f.is_active))
    where u.id = p_user_id;

    if v_is_active is null then
        raise exception using errcode = 'GA401', hint = 'user_not_found',
            message = 'User not found',
            detail = 'No se encontró el usuario';
    elsif not v_is_active or site_id is null then
        raise exception using errcode = 'GA401', hint = 'user_inactive',
            message = 'User is inactive',
            detail = 'El usuario está inactivo';
    elsif v_is_current is not true then
        raise exception using errcode = 'GA401', hint = 'token_not_valid',
            message = 'Given token not valid for any token type',
            detail = 'El token no es válido';
    end if;
end
$$;

comment on function garita.authenticate(bigint, integer, bigint) is
    'Site, present role and time zone of a caller whose account is active, whose token is of the account''s epoch and '
    'whose session lives, and whether the caller may do nothing but enrol a second factor; GA401 otherwise.';
revoke execute on function garita.authenticate(bigint, integer, bigint) from garita_app, garita_auth;
