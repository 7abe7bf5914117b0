-- Files that administrators bring in. What is not imported yet is its owner's alone; what was imported can be seen, and
-- taken back, by every administrator of the site. Who did it and when is written by api functions only.

alter table garita.csv_imports enable row level security;
drop policy if exists site on garita.csv_imports;
create policy site on garita.csv_imports as restrictive to garita_admin
    using (site_id = (select garita.current_site_id())) with check (site_id = (select garita.current_site_id()));
drop policy if exists own on garita.csv_imports;
create policy own on garita.csv_imports to garita_admin
    using (
        user_id = (select garita.current_user_id()) and imported_at is null
        and created_at > clock_timestamp() - interval '1 hour')
    with check (user_id = (select garita.current_user_id()) and imported_at is null);
drop policy if exists imported on garita.csv_imports;
create policy imported on garita.csv_imports for select to garita_admin using (imported_at is not null);
drop policy if exists lock_imported on garita.csv_imports;
create policy lock_imported on garita.csv_imports for update to garita_admin
    using (imported_at is not null) with check (false);
revoke all on garita.csv_imports from public, garita_admin, garita_guard, garita_resident;
grant select, delete on garita.csv_imports to garita_admin;
grant insert (user_id, table_name, file_name, content, report, rows_new, rows_changed, rows_same, rows_wrong),
    update (report, rows_new, rows_changed, rows_same, rows_wrong)
    on garita.csv_imports to garita_admin;
