create or replace function garita.current_unit_ids() returns bigint[]
language sql stable parallel safe
return coalesce(nullif(current_setting('garita.unit_ids', true), ''), '{}')::bigint[];

comment on function garita.current_unit_ids() is 'Units of the resident of the current request; empty for others.';
grant execute on function garita.current_unit_ids() to garita_admin, garita_guard, garita_resident;
