create or replace function garita.remembered() returns bigint
language sql stable
return nullif(current_setting('garita.saved_id', true), '')::bigint;

comment on function garita.remembered() is 'The id kept by garita.remember, null when nothing was written.';
grant execute on function garita.remembered() to garita_admin, garita_guard, garita_resident;
