-- As the owner: no role of a request may call set_config itself (sql/database.sql).
create or replace function garita.set_saved_id(p_id bigint) returns bigint
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    perform set_config('garita.saved_id', p_id::text, true);
    return p_id;
end
$$;

comment on function garita.set_saved_id(bigint) is
    'Stores the id of the row just written for the next statement of the same transaction. Every write ends with it.';
grant execute on function garita.set_saved_id(bigint) to garita_admin, garita_guard, garita_resident;
