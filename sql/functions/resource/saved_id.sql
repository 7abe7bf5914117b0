create or replace function garita.saved_id() returns bigint
language sql stable
return nullif(current_setting('garita.saved_id', true), '')::bigint;

comment on function garita.saved_id() is 'The id stored by garita.set_saved_id, null when nothing was written.';
grant execute on function garita.saved_id() to garita_admin, garita_guard, garita_resident;
