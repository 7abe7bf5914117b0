-- Buildings, units, residents. A resident sees the own home and household; a guard no document, no emergency contact.

select garita.protect('garita.buildings', p_write => '{admin}', p_read => '{guard}', p_other => '{resident}');
create policy resident on garita.buildings for select to garita_resident
    using (id in (select u.building_id from garita.units u));
grant select on garita.buildings to garita_admin, garita_guard, garita_resident;
grant insert (name, code, address, floors, units_per_floor, is_active),
    update (name, code, address, floors, units_per_floor, is_active), delete
    on garita.buildings to garita_admin;

select garita.protect('garita.units', p_write => '{admin}', p_read => '{guard}', p_other => '{resident}');
create policy resident on garita.units for select to garita_resident
    using (id = any ((select garita.current_unit_ids())::bigint[]));
grant select on garita.units to garita_admin, garita_guard, garita_resident;
grant insert (building_id, number, floor, owner_name, owner_phone, is_occupied, notes),
    update (building_id, number, floor, owner_name, owner_phone, is_occupied, notes), delete
    on garita.units to garita_admin;

select garita.protect('garita.residents', p_write => '{admin}', p_read => '{guard}', p_other => '{resident}');
create policy household on garita.residents for select to garita_resident
    using (unit_id = any ((select garita.current_unit_ids())::bigint[]));
create policy self on garita.residents for update to garita_resident
    using (user_id = (select garita.current_user_id()) and unit_id = any ((select garita.current_unit_ids())::bigint[]))
    with check (user_id = (select garita.current_user_id()));
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

-- A home keeps its own vehicles; guards look plates up.
select garita.protect('garita.vehicles', p_write => '{admin}', p_read => '{guard}', p_other => '{resident}');
create policy household on garita.vehicles to garita_resident
    using (unit_id = any ((select garita.current_unit_ids())::bigint[]))
    -- The subquery sees the household only, so a resident can name nobody else as the owner.
    with check (
        unit_id = any ((select garita.current_unit_ids())::bigint[])
        and (resident_id is null or resident_id in (select r.id from garita.residents r)));
grant select on garita.vehicles to garita_admin, garita_guard, garita_resident;
grant insert (unit_id, resident_id, plate, description, is_active),
    update (unit_id, resident_id, plate, description, is_active)
    on garita.vehicles to garita_admin, garita_resident;
grant delete on garita.vehicles to garita_admin;
