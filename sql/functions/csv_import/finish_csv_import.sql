-- Runs in the transaction that wrote the rows. As the owner, because no role may write when and by which request.
create or replace function api.finish_csv_import(p_csv_import_id bigint, p_report bytea) returns boolean
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_import record;
begin
    update garita.csv_imports u
    set imported_at = clock_timestamp(), content = null, report = p_report,
        request_id = coalesce(current_setting('garita.request_id', true), ''),
        actor = coalesce((select s.username from garita.users s where s.id = garita.current_user_id()), '')
    where u.id = p_csv_import_id and u.site_id = garita.current_site_id() and u.user_id = garita.current_user_id()
        and u.imported_at is null and u.created_at > clock_timestamp() - interval '1 hour'
    returning u.id, u.table_name, u.rows_new, u.rows_changed, u.rows_same, u.rows_wrong into v_import;
    if v_import.id is null then
        return false;
    end if;
    perform garita.write_audit('IMPORT', 'csv_imports', v_import.id, jsonb_build_object(
        'table_name', jsonb_build_array(null, v_import.table_name), 'rows_new', jsonb_build_array(null, v_import.rows_new),
        'rows_changed', jsonb_build_array(null, v_import.rows_changed),
        'rows_same', jsonb_build_array(null, v_import.rows_same),
        'rows_wrong', jsonb_build_array(null, v_import.rows_wrong)));
    return true;
end
$$;

comment on function api.finish_csv_import(bigint, bytea) is
    'Marks the caller''s file as imported by the current request: its content is deleted, the counts stay. False for a '
    'file that is not the caller''s, was imported before or is older than an hour.';
grant execute on function api.finish_csv_import(bigint, bytea) to garita_admin;
