-- Visits and their codes. Who approved and when somebody went in or out is written by triggers and by the gate.

alter table garita.visitors enable row level security;
drop policy if exists site on garita.visitors;
create policy site on garita.visitors as restrictive to garita_admin, garita_guard, garita_resident
    using (site_id = (select garita.current_site_id())) with check (site_id = (select garita.current_site_id()));
drop policy if exists staff on garita.visitors;
create policy staff on garita.visitors to garita_admin, garita_guard using (true) with check (true);
drop policy if exists own_unit on garita.visitors;
create policy own_unit on garita.visitors to garita_resident
    using (unit_id = any ((select garita.current_unit_ids())::bigint[]))
    -- The subquery sees the household only, so a resident can name nobody else as the host.
    with check (
        unit_id = any ((select garita.current_unit_ids())::bigint[])
        and (resident_id is null or resident_id in (select r.id from garita.residents r)));
revoke all on garita.visitors from public, garita_admin, garita_guard, garita_resident;
grant select on garita.visitors to garita_admin, garita_guard, garita_resident;
grant insert (
    first_name, last_name, document_id, phone, email, photo, visitor_type, status, unit_id, resident_id, purpose,
    expected_date, expected_time, vehicle_plate, company, notes)
    on garita.visitors to garita_admin, garita_guard, garita_resident;
grant update (
    first_name, last_name, document_id, phone, email, photo, visitor_type, status, unit_id, resident_id, purpose,
    expected_date, expected_time, vehicle_plate, company, notes)
    on garita.visitors to garita_admin, garita_guard, garita_resident;
-- Not authorized_by and sponsor_id: triggers fill in who approved and by whose word, and nobody signs for another.
grant insert (check_in_time, check_out_time), update (check_in_time, check_out_time), delete
    on garita.visitors to garita_admin;

alter table garita.temporary_codes enable row level security;
drop policy if exists site on garita.temporary_codes;
create policy site on garita.temporary_codes as restrictive to garita_admin, garita_guard, garita_resident
    using (site_id = (select garita.current_site_id())) with check (site_id = (select garita.current_site_id()));
drop policy if exists staff on garita.temporary_codes;
create policy staff on garita.temporary_codes for select to garita_admin, garita_guard using (true);
drop policy if exists own_visitors on garita.temporary_codes;
create policy own_visitors on garita.temporary_codes for select to garita_resident
    using (visitor_id in (select v.id from garita.visitors v));
revoke all on garita.temporary_codes from public, garita_admin, garita_guard, garita_resident;
-- Neither tag nor sealed code: api.code_for_display hands them to those who may see the code.
grant select (
    id, site_id, visitor_id, key_version, code_hint, code_type, valid_from, valid_until, max_uses, times_used,
    is_active, revoked_at, generated_by, last_used_at, schedule_id, created_at, updated_at)
    on garita.temporary_codes to garita_admin, garita_guard, garita_resident;

-- Written by api.issue_code alone.
alter table garita.temporary_code_points enable row level security;
drop policy if exists site on garita.temporary_code_points;
create policy site on garita.temporary_code_points as restrictive to garita_admin, garita_guard, garita_resident
    using (site_id = (select garita.current_site_id()));
drop policy if exists staff on garita.temporary_code_points;
create policy staff on garita.temporary_code_points for select to garita_admin, garita_guard using (true);
drop policy if exists own_visitors on garita.temporary_code_points;
create policy own_visitors on garita.temporary_code_points for select to garita_resident
    using (temporary_code_id in (select t.id from garita.temporary_codes t));
revoke all on garita.temporary_code_points from public, garita_admin, garita_guard, garita_resident;
grant select on garita.temporary_code_points to garita_admin, garita_guard, garita_resident;

-- Read by garita.row_count, written by triggers.
alter table garita.row_counts enable row level security;
revoke all on garita.row_counts from public, garita_admin, garita_guard, garita_resident;

-- Read and written by garita.count_registration alone.
alter table garita.registration_counts enable row level security;
revoke all on garita.registration_counts from public, garita_admin, garita_guard, garita_resident;
