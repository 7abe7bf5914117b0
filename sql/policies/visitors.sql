-- Visits and their codes. Who approved and when somebody went in or out is written by triggers and by the gate.

select garita.protect('garita.visitors', p_other => '{admin, guard, resident}');
create policy staff on garita.visitors to garita_admin, garita_guard using (true) with check (true);
create policy own_unit on garita.visitors to garita_resident
    using (unit_id = any ((select garita.current_unit_ids())::bigint[]))
    -- The subquery sees the household only, so a resident can name nobody else as the host.
    with check (
        unit_id = any ((select garita.current_unit_ids())::bigint[])
        and (resident_id is null or resident_id in (select r.id from garita.residents r)));
grant select on garita.visitors to garita_admin, garita_guard, garita_resident;
grant insert (
    first_name, last_name, document_id, phone, email, photo, visitor_type, status, unit_id, resident_id, purpose,
    expected_date, expected_time, vehicle_plate, company, notes, companions, party)
    on garita.visitors to garita_admin, garita_guard, garita_resident;
grant update (
    first_name, last_name, document_id, phone, email, photo, visitor_type, status, unit_id, resident_id, purpose,
    expected_date, expected_time, vehicle_plate, company, notes, companions, party)
    on garita.visitors to garita_admin, garita_guard, garita_resident;
-- Not authorized_by and sponsor_id: triggers write who approved and on whose word, so that nobody can name somebody else.
grant insert (check_in_time, check_out_time), update (check_in_time, check_out_time), delete
    on garita.visitors to garita_admin;

select garita.protect('garita.temporary_codes', p_other => '{admin, guard, resident}');
create policy staff on garita.temporary_codes for select to garita_admin, garita_guard using (true);
create policy own_visitors on garita.temporary_codes for select to garita_resident
    using (visitor_id in (select v.id from garita.visitors v));
-- Neither tag nor sealed code: api.code_for_display hands them to those who may see the code.
grant select (
    id, site_id, visitor_id, key_version, code_hint, code_type, valid_from, valid_until, max_uses, is_active,
    revoked_at, generated_by, schedule_id, created_at, updated_at)
    on garita.temporary_codes to garita_admin, garita_guard, garita_resident;

-- Written by api.issue_code alone.
select garita.protect('garita.temporary_code_points', p_other => '{admin, guard, resident}');
create policy staff on garita.temporary_code_points for select to garita_admin, garita_guard using (true);
create policy own_visitors on garita.temporary_code_points for select to garita_resident
    using (temporary_code_id in (select t.id from garita.temporary_codes t));
grant select on garita.temporary_code_points to garita_admin, garita_guard, garita_resident;

-- Read and written by functions alone: each shows a link or a card to whom may see it.
select garita.protect('garita.pass_aliases');

-- Read by garita.row_count, written by triggers.
select garita.protect('garita.row_counts');

-- Read and written by garita.count_registration alone.
select garita.protect('garita.registration_counts');

-- Of the copies that a gate reads only the counters, which are nowhere else.
select garita.protect('garita.credentials', p_other => '{admin, guard, resident}');
create policy staff on garita.credentials for select to garita_admin, garita_guard using (true);
create policy own_visitors on garita.credentials for select to garita_resident
    using (visitor_id in (select v.id from garita.visitors v));
grant select (code_kind, code_id, site_id, visitor_id, times_used, last_used_at)
    on garita.credentials to garita_admin, garita_guard, garita_resident;
