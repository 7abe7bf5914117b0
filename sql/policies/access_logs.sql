-- The log is read, never written, by roles: no insert, no update, no delete. A guard reads what a shift needs: the last
-- 30 days, without documents; a resident the rows of the own home.

alter table garita.access_logs enable row level security;
drop policy if exists site on garita.access_logs;
create policy site on garita.access_logs as restrictive to garita_admin, garita_guard, garita_resident
    using (site_id = (select garita.current_site_id()));
drop policy if exists admin on garita.access_logs;
create policy admin on garita.access_logs for select to garita_admin using (true);
drop policy if exists guard on garita.access_logs;
create policy guard on garita.access_logs for select to garita_guard
    using ("timestamp" > (select now() - interval '30 days'));
drop policy if exists own_unit on garita.access_logs;
create policy own_unit on garita.access_logs for select to garita_resident
    using (unit_id = any ((select garita.current_unit_ids())::bigint[]));
revoke all on garita.access_logs from public, garita_admin, garita_guard, garita_resident;
revoke all on sequence garita.access_logs_id_seq from public, garita_admin, garita_guard, garita_resident;
grant select (
    id, "timestamp", site_id, resident_id, visitor_id, unit_id, person_name, person_document, unit_display,
    access_point_id, access_point_name, access_type, access_method, code_hint, temporary_code_id, access_code_id,
    status, reasons, warnings, vehicle_plate, temperature, photo, authorized_by, notes, request_id, ip_address,
    device_id, created_at)
    on garita.access_logs to garita_admin, garita_resident;
grant select (
    id, "timestamp", site_id, resident_id, visitor_id, unit_id, person_name, unit_display,
    access_point_id, access_point_name, access_type, access_method, code_hint, temporary_code_id, access_code_id,
    status, reasons, warnings, vehicle_plate, temperature, photo, authorized_by, notes, request_id, ip_address,
    device_id, created_at)
    on garita.access_logs to garita_guard;

alter table garita.audit enable row level security;
drop policy if exists site on garita.audit;
create policy site on garita.audit as restrictive to garita_admin
    using (site_id = (select garita.current_site_id()));
drop policy if exists admin on garita.audit;
create policy admin on garita.audit for select to garita_admin using (true);
revoke all on garita.audit from public, garita_admin, garita_guard, garita_resident;
grant select on garita.audit to garita_admin;

-- The sums are read by functions alone.
alter table garita.log_rollups enable row level security;
alter table garita.log_people enable row level security;
alter table garita.log_people_rollups enable row level security;
alter table garita.log_day_rollups enable row level security;
alter table garita.log_rollup_progress enable row level security;
revoke all on garita.log_rollups, garita.log_people, garita.log_people_rollups, garita.log_day_rollups, garita.log_rollup_progress
    from public, garita_admin, garita_guard, garita_resident;

-- The seals are made and checked by the operator's commands alone.
alter table garita.log_seals enable row level security;
alter table garita.log_leaves enable row level security;
revoke all on garita.log_seals, garita.log_leaves from public, garita_admin, garita_guard, garita_resident;
