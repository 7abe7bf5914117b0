-- Runs in the transaction that removed or restored the rows.
create or replace function api.undo_csv_import(p_csv_import_id bigint, p_undone integer, p_left integer, p_report bytea)
returns boolean
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_table_name text;
begin
    update garita.csv_imports u
    set undone_at = clock_timestamp(), rows_undone = p_undone, rows_left = p_left, report = p_report,
        undone_by = coalesce((select s.username from garita.users s where s.id = garita.current_user_id()), '')
    where u.id = p_csv_import_id and u.site_id = garita.current_site_id() and u.imported_at is not null
        and u.undone_at is null and garita.current_role_name() = 'ADMIN'
    returning u.table_name into v_table_name;
    if v_table_name is null then
        return false;
    end if;
    perform garita.write_audit('UNDO', 'csv_imports', p_csv_import_id, jsonb_build_object(
        'table_name', jsonb_build_array(null, v_table_name), 'rows_undone', jsonb_build_array(null, p_undone),
        'rows_left', jsonb_build_array(null, p_left)));
    return true;
end
$$;

comment on function api.undo_csv_import(bigint, integer, integer, bytea) is
    'Marks an import as undone by the current request. False where it was not imported or was undone before.';
grant execute on function api.undo_csv_import(bigint, integer, integer, bytea) to garita_admin;
