create or replace function api.make_password_link(p_user_id bigint, p_token_tag bytea) returns timestamptz
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    perform garita.require_administrator_of(p_user_id);
    return garita.link_password(p_user_id, p_token_tag);
end
$$;

comment on function api.make_password_link(bigint, bytea) is
    'Creates, for an administrator, the one-time link of an account of the site, and returns when it ends. GA404 for '
    'others.';
grant execute on function api.make_password_link(bigint, bytea) to garita_admin;
