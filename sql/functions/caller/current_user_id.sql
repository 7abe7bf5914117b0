create or replace function garita.current_user_id() returns bigint
language sql stable parallel safe
return nullif(current_setting('garita.user_id', true), '')::bigint;

comment on function garita.current_user_id() is 'Account of the current request, null outside of one.';
grant execute on function garita.current_user_id() to garita_admin, garita_guard, garita_resident;
