-- Files that administrators import. Until it is imported only its owner sees a file; afterwards every administrator of the
-- site sees the import and may undo it. Who did it and when is written by api functions only.

select garita.protect('garita.csv_imports', p_other => '{admin}');
create policy own on garita.csv_imports to garita_admin
    using (
        user_id = (select garita.current_user_id()) and imported_at is null
        and created_at > clock_timestamp() - interval '1 hour')
    with check (user_id = (select garita.current_user_id()) and imported_at is null);
create policy imported on garita.csv_imports for select to garita_admin using (imported_at is not null);
create policy lock_imported on garita.csv_imports for update to garita_admin
    using (imported_at is not null) with check (false);
grant select, delete on garita.csv_imports to garita_admin;
grant insert (user_id, table_name, file_name, content, report, rows_new, rows_changed, rows_same, rows_wrong),
    update (report, rows_new, rows_changed, rows_same, rows_wrong)
    on garita.csv_imports to garita_admin;

-- What columns of such files are: every administrator of the site may say so, for all of them.
select garita.protect('garita.csv_columns', p_write => '{admin}');
grant select on garita.csv_columns to garita_admin;
grant insert (table_name, heading, field), update (field) on garita.csv_columns to garita_admin;
