-- As the owner, because nobody may read or write links; so the policies of users are asked first, as the caller.
create or replace function api.make_password_link(p_user_id bigint, p_token_tag bytea) returns timestamptz
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    if garita.current_role_name() is distinct from 'ADMIN' or not exists (
        select from garita.users u where u.id = p_user_id and u.site_id = garita.current_site_id())
    then
        raise exception using errcode = 'GA404', message = 'No User matches the given query.', hint = 'User';
    end if;
    return garita.link_password(p_user_id, p_token_tag);
end
$$;

comment on function api.make_password_link(bigint, bytea) is
    'An administrator makes the one-time link of an account of the site, and answers when it ends. GA404 for others, '
    'superusers among them.';
grant execute on function api.make_password_link(bigint, bytea) to garita_admin;
