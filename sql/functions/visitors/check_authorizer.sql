-- The foreign key has no site (a superuser belongs to none), so the site is checked here.
create or replace function garita.check_authorizer() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    if not exists (
        select from garita.users u
        where u.id = new.authorized_by and (u.site_id = new.site_id or u.is_superuser))
    then
        raise exception using errcode = 'foreign_key_violation', message = 'authorized_by is not a user of the site',
            schema = 'garita', table = 'visitors', constraint = 'visitors_authorized_by_fkey';
    end if;
    return null;
end
$$;

comment on function garita.check_authorizer() is 'authorized_by is an account of the same site, or a superuser.';

create or replace trigger check_authorizer after insert or update of authorized_by on garita.visitors
    for each row when (new.authorized_by is not null) execute function garita.check_authorizer();
