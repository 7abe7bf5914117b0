-- Doors are an administrator's, and a guard reads them; nobody reads their secrets, not even sealed. What the outbox holds is
-- written by functions: of decisions, of people who open by hand, and of the process that empties it.

select garita.protect('garita.doors', p_write => '{admin}', p_read => '{guard}');
grant select (
    id, site_id, access_point_id, name, direction, driver, is_active, opens_itself, open_within_seconds, open_seconds,
    held_after_seconds, has_exit_button, settings, secret_names, created_at, updated_at)
    on garita.doors to garita_admin;
grant insert (
    access_point_id, name, direction, driver, is_active, opens_itself, open_within_seconds, open_seconds,
    held_after_seconds, has_exit_button, settings, secrets, secrets_generation, secret_names),
    update (
    access_point_id, name, direction, is_active, opens_itself, open_within_seconds, open_seconds,
    held_after_seconds, has_exit_button, settings, secrets, secrets_generation, secret_names), delete
    on garita.doors to garita_admin;
grant select (
    id, site_id, access_point_id, name, direction, driver, is_active, opens_itself, open_within_seconds, open_seconds,
    held_after_seconds, has_exit_button, created_at, updated_at)
    on garita.doors to garita_guard;

select garita.protect('garita.door_states', p_read => '{admin, guard}');
grant select on garita.door_states to garita_admin, garita_guard;
select garita.protect('garita.door_events', p_read => '{admin, guard}');
grant select on garita.door_events to garita_admin, garita_guard;

-- Of the messages those to doors.
select garita.protect('garita.outbox', p_other => '{admin, guard}');
create policy doors on garita.outbox for select to garita_admin, garita_guard using (door_id is not null);
grant select (
    id, site_id, kind, state, created_at, not_after, attempts, sent_at, accepted_at, confirmed_at, ended_at, answer,
    door_id, log_id, user_id, device_id, reason)
    on garita.outbox to garita_admin, garita_guard;

select garita.protect('garita.driver_memory');
-- Begun, ended and told by functions.
select garita.protect('garita.emergencies');
