-- The end moves with use, written at most once a minute: reading a page should not cost a write.
create or replace function api.find_page_session(p_page_tags bytea[])
returns table (
    user_id bigint, session_id bigint, token_version integer, role text, username text, display_name text,
    site_name text, language text, has_several_sites boolean, emergency jsonb)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
declare
    v_now timestamptz := clock_timestamp();
begin
    update garita.sessions s set expires_at = least(v_now + interval '30 minutes', s.absolute_end)
    where s.page_tag = any (p_page_tags) and s.revoked_at is null
        and s.expires_at > v_now and s.expires_at < least(v_now + interval '29 minutes', s.absolute_end);

    return query
    select u.id, s.id, u.token_version, u.role, u.username,
        coalesce(nullif(btrim(u.first_name || ' ' || u.last_name), ''), u.username), si.name, u.language,
        u.is_superuser and (select count(*) from garita.sites f where f.is_active) > 1,
        case when u.role <> 'RESIDENT' then garita.emergency_notice(si.id) end
    from garita.sessions s
    join garita.users u on u.id = s.user_id
    join garita.sites si
        -- As garita.authenticate has it: a superuser works in the site chosen for this session, else in the first one.
        on si.is_active and si.id = coalesce(
            case when u.is_superuser and s.chosen_site_id is not null then (
                select c.id from garita.sites c where c.id = s.chosen_site_id and c.is_active) end,
            u.site_id, (select min(f.id) from garita.sites f where f.is_active))
    where s.page_tag = any (p_page_tags) and s.revoked_at is null and s.expires_at > v_now and s.absolute_end > v_now
        and u.is_active and u.token_version = s.token_version;
end
$$;

comment on function api.find_page_session(bytea[]) is
    'The caller of a page, by the tag of the cookie; no row when the session has ended. Counts as use. To who works here it '
    'says that all doors are to stay open (garita.emergency_notice).';
grant execute on function api.find_page_session(bytea[]) to garita_app, garita_auth;
