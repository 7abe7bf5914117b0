-- Gates and permanent codes. Nobody reads a tag or a sealed code; a resident sees the own tags masked and reports
-- a lost one, which switches it off for good.

select garita.protect('garita.access_points', p_write => '{admin}', p_other => '{guard, resident}');
create policy others on garita.access_points for select to garita_guard, garita_resident using (true);
grant select on garita.access_points to garita_admin, garita_guard;
grant select (id, site_id, name, access_type, is_active) on garita.access_points to garita_resident;
grant insert (
    name, code, access_type, location, building_id, supports_qr, supports_rfid, supports_numeric, is_entry, is_exit,
    is_active, notes)
    on garita.access_points to garita_admin;
grant update (
    name, code, access_type, location, building_id, supports_qr, supports_rfid, supports_numeric, is_entry, is_exit,
    is_active, notes)
    on garita.access_points to garita_admin;
grant delete on garita.access_points to garita_admin;

select garita.protect('garita.access_codes', p_write => '{admin}', p_read => '{guard}', p_other => '{resident}');
create policy own on garita.access_codes for select to garita_resident
    using (resident_id in (select r.id from garita.residents r where r.user_id = (select garita.current_user_id())));
create policy report_lost on garita.access_codes for update to garita_resident
    using (resident_id in (select r.id from garita.residents r where r.user_id = (select garita.current_user_id())))
    with check (not is_active);
grant select (
    id, site_id, resident_id, key_version, code_hint, code_type, is_active, revoked_at, issued_date, expiry_date,
    schedule_id, issued_by, notes, created_at, updated_at)
    on garita.access_codes to garita_admin, garita_guard, garita_resident;
grant insert (
    resident_id, code_tag, code_sealed, key_version, code_hint, code_digits, code_letters, code_type, is_active, expiry_date,
    schedule_id, notes)
    on garita.access_codes to garita_admin;
grant update (
    resident_id, code_tag, code_sealed, key_version, code_hint, code_digits, code_letters, code_type, is_active, expiry_date,
    schedule_id, notes)
    on garita.access_codes to garita_admin;
grant update (is_active) on garita.access_codes to garita_resident;
grant delete on garita.access_codes to garita_admin;

select garita.protect('garita.access_code_points', p_write => '{admin}', p_read => '{guard}', p_other => '{resident}');
create policy own on garita.access_code_points for select to garita_resident
    using (access_code_id in (select c.id from garita.access_codes c));
grant select on garita.access_code_points to garita_admin, garita_guard, garita_resident;
grant insert (access_code_id, access_point_id), delete on garita.access_code_points to garita_admin;
