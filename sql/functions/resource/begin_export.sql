-- One export at a time for each account: it keeps a worker busy. The lock belongs to the session, because the rows are sent
-- in a transaction of their own, after this one is committed.
create or replace function api.begin_export(p_table_name text, p_asked jsonb) returns boolean
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    if not pg_try_advisory_lock(hashtextextended('export ' || garita.current_user_id(), 0)) then
        return false;
    end if;
    perform garita.write_audit('EXPORT', p_table_name, null, p_asked);
    return true;
end
$$;

comment on function api.begin_export(text, jsonb) is
    'Writes an audit entry that the caller exports the rows of a table; false while another export of the same account '
    'runs. The worker releases the lock.';
grant execute on function api.begin_export(text, jsonb) to garita_admin;
