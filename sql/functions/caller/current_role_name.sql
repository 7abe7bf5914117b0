create or replace function garita.current_role_name() returns text
language sql stable parallel safe
return nullif(current_setting('garita.role', true), '');

comment on function garita.current_role_name() is
    'ADMIN, GUARD or RESIDENT of the current request. For functions that run as the owner; policies go by the role '
    'itself.';
grant execute on function garita.current_role_name() to garita_admin, garita_guard, garita_resident;
