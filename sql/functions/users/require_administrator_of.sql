create or replace function garita.require_administrator_of(p_user_id bigint) returns void
language plpgsql stable
as $$
begin
    if garita.current_role_name() is distinct from 'ADMIN' or not exists (
        select from garita.users u where u.id = p_user_id and u.site_id = garita.current_site_id())
    then
        raise exception using errcode = 'GA404', hint = 'User',
            message = 'No User matches the given query.',
            detail = 'Ningún registro de User coincide con la consulta.';
    end if;
end
$$;

comment on function garita.require_administrator_of(bigint) is
    'For functions that do as the owner what an administrator may do with an account of the site: GA404 unless the '
    'current request is by one. Superusers belong to no site, so to no administrator.';
