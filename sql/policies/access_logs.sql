-- The log is read, never written, by roles: no insert, no update, no delete. A guard reads what a shift needs: the last
-- 30 days, without documents; a resident the rows of the own home.

select garita.protect('garita.access_logs', p_read => '{admin}', p_other => '{guard, resident}');
create policy guard on garita.access_logs for select to garita_guard
    using ("timestamp" > (select now() - interval '30 days'));
create policy own_unit on garita.access_logs for select to garita_resident
    using (unit_id = any ((select garita.current_unit_ids())::bigint[]));
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

select garita.protect('garita.audit', p_read => '{admin}');
grant select on garita.audit to garita_admin;

-- Rollups are read and written by functions alone.
select garita.protect('garita.log_rollups');
select garita.protect('garita.log_people');
select garita.protect('garita.log_people_rollups');
select garita.protect('garita.log_day_rollups');
select garita.protect('garita.log_rollup_progress');

-- Seals are made and checked by the operator's commands alone.
select garita.protect('garita.log_seals');
select garita.protect('garita.log_leaves');
