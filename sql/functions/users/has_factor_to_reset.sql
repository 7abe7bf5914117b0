-- For pages, which offer to take it away: false, not an error, for accounts of others and one's own.
create or replace function api.has_factor_to_reset(p_user_id bigint) returns boolean
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select coalesce(garita.current_role_name() = 'ADMIN', false)
        and p_user_id <> garita.current_user_id()
        and exists (select from garita.users u where u.id = p_user_id and u.site_id = garita.current_site_id())
        and exists (select from garita.second_factors f where f.user_id = p_user_id)
$$;

comment on function api.has_factor_to_reset(bigint) is
    'Whether api.reset_second_factor would take something from an account of the administrator''s site.';
grant execute on function api.has_factor_to_reset(bigint) to garita_admin;
