-- Schedules, holidays, the block list: an administrator's; guards read what a shift needs, residents nothing. Devices are
-- an administrator's alone.

select garita.protect('garita.schedules', p_write => '{admin}', p_read => '{guard}');
-- The hours of one visit belong to its pass: functions of the owner write and show them.
create policy shared on garita.schedules as restrictive to garita_admin, garita_guard
    using (visitor_id is null) with check (visitor_id is null);
grant select on garita.schedules to garita_admin, garita_guard;
grant insert (name, weekdays, starts_at, ends_at, first_day, last_day, on_holidays),
    update (name, weekdays, starts_at, ends_at, first_day, last_day, on_holidays), delete
    on garita.schedules to garita_admin;

select garita.protect('garita.holidays', p_write => '{admin}', p_read => '{guard}');
grant select on garita.holidays to garita_admin, garita_guard;
grant insert (day, name), update (day, name), delete on garita.holidays to garita_admin;

select garita.protect('garita.blocklist', p_write => '{admin}', p_read => '{guard}');
-- Nobody reads `value`: of documents and phones it is a tag, and names and plates are in `display`.
grant select (
    id, site_id, kind, display, reason, author, expires_at, review_on, is_active, created_at, updated_at)
    on garita.blocklist to garita_admin, garita_guard;
grant insert (kind, value, reason, expires_at, review_on, is_active),
    update (value, reason, expires_at, review_on, is_active), delete
    on garita.blocklist to garita_admin;

select garita.protect('garita.devices', p_write => '{admin}');
-- Enrolled, rotated and revoked by functions, whose caller hands out the key.
grant select on garita.devices to garita_admin;

select garita.protect('garita.gate_throttles', p_write => '{admin}', p_read => '{guard}');
-- Whether short codes are off at a gate; api.acknowledge_gate switches them on again.
grant select on garita.gate_throttles to garita_admin, garita_guard;
-- Answers to repeated requests are read and written by the functions of a decision alone.
select garita.protect('garita.admissions');

-- Read and written by the functions of a decision alone.
select garita.protect('garita.guess_counts');

-- Opened and closed by functions, because a guard opens the own shift alone, and relieves another one.
select garita.protect('garita.shifts', p_read => '{admin, guard}');
grant select on garita.shifts to garita_admin, garita_guard;

select garita.protect('garita.standing_orders', p_write => '{admin}', p_read => '{guard}');
grant select on garita.standing_orders to garita_admin, garita_guard;
grant insert (title, text, access_point_id, first_day, last_day, is_active),
    update (title, text, access_point_id, first_day, last_day, is_active), delete
    on garita.standing_orders to garita_admin;

-- Written by functions: in a shift, by whoever has it.
select garita.protect('garita.standing_order_acknowledgements', p_read => '{admin, guard}');
grant select on garita.standing_order_acknowledgements to garita_admin, garita_guard;
select garita.protect('garita.shift_notes', p_read => '{admin, guard}');
grant select on garita.shift_notes to garita_admin, garita_guard;

-- Read by api.list_gate_visits, written by a trigger.
select garita.protect('garita.visits_inside');
-- Written by api.correct_decision; a guard reads those of the rows of the log that a guard reads.
select garita.protect('garita.log_corrections', p_read => '{admin}', p_other => '{guard}');
create policy guard on garita.log_corrections for select to garita_guard
    using (log_time > (select now() - interval '30 days'));
grant select on garita.log_corrections to garita_admin, garita_guard;

-- Read by decisions, written by triggers.
select garita.protect('garita.gates');
