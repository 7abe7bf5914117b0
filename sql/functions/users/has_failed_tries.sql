-- For pages, which offer to forget them: false, not an error, for accounts of others.
create or replace function api.has_failed_tries(p_user_id bigint) returns boolean
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select coalesce(garita.current_role_name() = 'ADMIN', false)
        and exists (select from garita.users u where u.id = p_user_id and u.site_id = garita.current_site_id())
        and (exists (select from garita.login_throttles t where t.user_id = p_user_id and t.failures > 0)
            or exists (select from garita.second_factors f where f.user_id = p_user_id and f.failures > 0))
$$;

comment on function api.has_failed_tries(bigint) is
    'Whether api.unlock_account would find failed log-ins or codes of an account of the administrator''s site.';
grant execute on function api.has_failed_tries(bigint) to garita_admin;
