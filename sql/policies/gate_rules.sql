-- Schedules, holidays, the block list: an administrator's; guards read what a shift needs, residents nothing. Devices are
-- an administrator's alone.

alter table garita.schedules enable row level security;
drop policy if exists site on garita.schedules;
create policy site on garita.schedules as restrictive to garita_admin, garita_guard
    using (site_id = (select garita.current_site_id())) with check (site_id = (select garita.current_site_id()));
drop policy if exists admin on garita.schedules;
create policy admin on garita.schedules to garita_admin using (true) with check (true);
drop policy if exists guard on garita.schedules;
create policy guard on garita.schedules for select to garita_guard using (true);
revoke all on garita.schedules from public, garita_admin, garita_guard, garita_resident;
grant select on garita.schedules to garita_admin, garita_guard;
grant insert (name, weekdays, starts_at, ends_at, first_day, last_day, on_holidays),
    update (name, weekdays, starts_at, ends_at, first_day, last_day, on_holidays), delete
    on garita.schedules to garita_admin;
alter table garita.holidays enable row level security;
drop policy if exists site on garita.holidays;
create policy site on garita.holidays as restrictive to garita_admin, garita_guard
    using (site_id = (select garita.current_site_id())) with check (site_id = (select garita.current_site_id()));
drop policy if exists admin on garita.holidays;
create policy admin on garita.holidays to garita_admin using (true) with check (true);
drop policy if exists guard on garita.holidays;
create policy guard on garita.holidays for select to garita_guard using (true);
revoke all on garita.holidays from public, garita_admin, garita_guard, garita_resident;
grant select on garita.holidays to garita_admin, garita_guard;
grant insert (day, name), update (day, name), delete on garita.holidays to garita_admin;
alter table garita.blocklist enable row level security;
drop policy if exists site on garita.blocklist;
create policy site on garita.blocklist as restrictive to garita_admin, garita_guard
    using (site_id = (select garita.current_site_id())) with check (site_id = (select garita.current_site_id()));
drop policy if exists admin on garita.blocklist;
create policy admin on garita.blocklist to garita_admin using (true) with check (true);
drop policy if exists guard on garita.blocklist;
create policy guard on garita.blocklist for select to garita_guard using (true);
revoke all on garita.blocklist from public, garita_admin, garita_guard, garita_resident;
-- Nobody reads `value`: of documents and phones it is a tag, and names and plates are in `display`.
grant select (
    id, site_id, kind, display, reason, author, expires_at, review_on, is_active, created_at, updated_at)
    on garita.blocklist to garita_admin, garita_guard;
grant insert (kind, value, reason, expires_at, review_on, is_active),
    update (value, reason, expires_at, review_on, is_active), delete
    on garita.blocklist to garita_admin;
alter table garita.devices enable row level security;
drop policy if exists site on garita.devices;
create policy site on garita.devices as restrictive to garita_admin
    using (site_id = (select garita.current_site_id())) with check (site_id = (select garita.current_site_id()));
drop policy if exists admin on garita.devices;
create policy admin on garita.devices to garita_admin using (true) with check (true);
drop policy if exists guard on garita.devices;
revoke all on garita.devices from public, garita_admin, garita_guard, garita_resident;
-- Enrolled, rotated and revoked by functions, whose caller hands out the key.
grant select on garita.devices to garita_admin;
alter table garita.gate_throttles enable row level security;
drop policy if exists site on garita.gate_throttles;
create policy site on garita.gate_throttles as restrictive to garita_admin, garita_guard
    using (site_id = (select garita.current_site_id())) with check (site_id = (select garita.current_site_id()));
drop policy if exists admin on garita.gate_throttles;
create policy admin on garita.gate_throttles to garita_admin using (true) with check (true);
drop policy if exists guard on garita.gate_throttles;
create policy guard on garita.gate_throttles for select to garita_guard using (true);
revoke all on garita.gate_throttles from public, garita_admin, garita_guard, garita_resident;
-- Whether short codes are off at a gate; api.acknowledge_gate switches them on again.
grant select on garita.gate_throttles to garita_admin, garita_guard;
-- Answers to repeated requests are the gate's alone.
alter table garita.admissions enable row level security;
revoke all on garita.admissions from public, garita_admin, garita_guard, garita_resident;

-- No grant: failures count here and nothing else.
alter table garita.guess_counts enable row level security;
revoke all on garita.guess_counts from public, garita_admin, garita_guard, garita_resident;
