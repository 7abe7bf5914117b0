-- Buildings, units, residents. A resident sees the own home and household; a guard no document, no emergency contact.

alter table garita.buildings enable row level security;
drop policy if exists site on garita.buildings;
create policy site on garita.buildings as restrictive to garita_admin, garita_guard, garita_resident
    using (site_id = (select garita.current_site_id())) with check (site_id = (select garita.current_site_id()));
drop policy if exists admin on garita.buildings;
create policy admin on garita.buildings to garita_admin using (true) with check (true);
drop policy if exists guard on garita.buildings;
create policy guard on garita.buildings for select to garita_guard using (true);
drop policy if exists resident on garita.buildings;
create policy resident on garita.buildings for select to garita_resident
    using (id in (select u.building_id from garita.units u));
revoke all on garita.buildings from public, garita_admin, garita_guard, garita_resident;
grant select on garita.buildings to garita_admin, garita_guard, garita_resident;
grant insert (name, code, address, floors, units_per_floor, is_active),
    update (name, code, address, floors, units_per_floor, is_active), delete
    on garita.buildings to garita_admin;

alter table garita.units enable row level security;
drop policy if exists site on garita.units;
create policy site on garita.units as restrictive to garita_admin, garita_guard, garita_resident
    using (site_id = (select garita.current_site_id())) with check (site_id = (select garita.current_site_id()));
drop policy if exists admin on garita.units;
create policy admin on garita.units to garita_admin using (true) with check (true);
drop policy if exists guard on garita.units;
create policy guard on garita.units for select to garita_guard using (true);
drop policy if exists resident on garita.units;
create policy resident on garita.units for select to garita_resident
    using (id = any ((select garita.current_unit_ids())::bigint[]));
revoke all on garita.units from public, garita_admin, garita_guard, garita_resident;
grant select on garita.units to garita_admin, garita_guard, garita_resident;
grant insert (building_id, number, floor, owner_name, owner_phone, is_occupied, notes),
    update (building_id, number, floor, owner_name, owner_phone, is_occupied, notes), delete
    on garita.units to garita_admin;

alter table garita.residents enable row level security;
drop policy if exists site on garita.residents;
create policy site on garita.residents as restrictive to garita_admin, garita_guard, garita_resident
    using (site_id = (select garita.current_site_id())) with check (site_id = (select garita.current_site_id()));
drop policy if exists admin on garita.residents;
create policy admin on garita.residents to garita_admin using (true) with check (true);
drop policy if exists guard on garita.residents;
create policy guard on garita.residents for select to garita_guard using (true);
drop policy if exists household on garita.residents;
create policy household on garita.residents for select to garita_resident
    using (unit_id = any ((select garita.current_unit_ids())::bigint[]));
drop policy if exists self on garita.residents;
create policy self on garita.residents for update to garita_resident
    using (user_id = (select garita.current_user_id()) and unit_id = any ((select garita.current_unit_ids())::bigint[]))
    with check (user_id = (select garita.current_user_id()));
revoke all on garita.residents from public, garita_admin, garita_guard, garita_resident;
grant select on garita.residents to garita_admin, garita_resident;
grant select (
    id, site_id, user_id, unit_id, first_name, last_name, phone, email, photo, resident_type, is_authorized,
    move_in_date, move_out_date, notes, created_at, updated_at)
    on garita.residents to garita_guard;
grant insert (
    user_id, unit_id, first_name, last_name, document_id, phone, email, photo, resident_type, emergency_contact_name,
    emergency_contact_phone, is_authorized, move_in_date, move_out_date, notes)
    on garita.residents to garita_admin;
grant update (
    user_id, unit_id, first_name, last_name, document_id, phone, email, photo, resident_type, emergency_contact_name,
    emergency_contact_phone, is_authorized, move_in_date, move_out_date, notes)
    on garita.residents to garita_admin;
grant update (phone, email, photo, emergency_contact_name, emergency_contact_phone)
    on garita.residents to garita_resident;
grant delete on garita.residents to garita_admin;
