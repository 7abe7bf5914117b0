-- Gates and permanent codes. Nobody reads a tag or a sealed code; a resident sees the own tags masked and reports
-- a lost one, which switches it off for good.

alter table garita.access_points enable row level security;
drop policy if exists site on garita.access_points;
create policy site on garita.access_points as restrictive to garita_admin, garita_guard, garita_resident
    using (site_id = (select garita.current_site_id())) with check (site_id = (select garita.current_site_id()));
drop policy if exists admin on garita.access_points;
create policy admin on garita.access_points to garita_admin using (true) with check (true);
drop policy if exists others on garita.access_points;
create policy others on garita.access_points for select to garita_guard, garita_resident using (true);
revoke all on garita.access_points from public, garita_admin, garita_guard, garita_resident;
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

alter table garita.access_codes enable row level security;
drop policy if exists site on garita.access_codes;
create policy site on garita.access_codes as restrictive to garita_admin, garita_guard, garita_resident
    using (site_id = (select garita.current_site_id())) with check (site_id = (select garita.current_site_id()));
drop policy if exists admin on garita.access_codes;
create policy admin on garita.access_codes to garita_admin using (true) with check (true);
drop policy if exists guard on garita.access_codes;
create policy guard on garita.access_codes for select to garita_guard using (true);
drop policy if exists own on garita.access_codes;
create policy own on garita.access_codes for select to garita_resident
    using (resident_id in (select r.id from garita.residents r where r.user_id = (select garita.current_user_id())));
drop policy if exists report_lost on garita.access_codes;
create policy report_lost on garita.access_codes for update to garita_resident
    using (resident_id in (select r.id from garita.residents r where r.user_id = (select garita.current_user_id())))
    with check (not is_active);
revoke all on garita.access_codes from public, garita_admin, garita_guard, garita_resident;
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

alter table garita.access_code_points enable row level security;
drop policy if exists site on garita.access_code_points;
create policy site on garita.access_code_points as restrictive to garita_admin, garita_guard, garita_resident
    using (site_id = (select garita.current_site_id())) with check (site_id = (select garita.current_site_id()));
drop policy if exists admin on garita.access_code_points;
create policy admin on garita.access_code_points to garita_admin using (true) with check (true);
drop policy if exists guard on garita.access_code_points;
create policy guard on garita.access_code_points for select to garita_guard using (true);
drop policy if exists own on garita.access_code_points;
create policy own on garita.access_code_points for select to garita_resident
    using (access_code_id in (select c.id from garita.access_codes c));
revoke all on garita.access_code_points from public, garita_admin, garita_guard, garita_resident;
grant select on garita.access_code_points to garita_admin, garita_guard, garita_resident;
grant insert (access_code_id, access_point_id), delete on garita.access_code_points to garita_admin;
