create or replace function garita.is_superuser() returns boolean
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select coalesce((select u.is_superuser from garita.users u where u.id = garita.current_user_id()), false)
$$;

comment on function garita.is_superuser() is 'Whether the account of the current request works across sites.';
grant execute on function garita.is_superuser() to garita_admin;
