-- Sites, accounts, sessions. password_hash and token_version are readable by nobody: api functions alone compare them.

select garita.protect('garita.sites');
create policy own_site on garita.sites for select to garita_admin, garita_guard, garita_resident
    using (id = (select garita.current_site_id()));
create policy across on garita.sites for select to garita_admin
    using (is_active and (select garita.is_superuser()));
create policy admin on garita.sites for update to garita_admin
    using (id = (select garita.current_site_id())) with check (id = (select garita.current_site_id()));
-- Not the salt: with it a document could be tried against the block list.
grant select (
    id, name, code, time_zone, country, language, is_active, grace_before_minutes, grace_after_minutes, has_blocklist,
    second_factor_roles, visitor_days, log_name_days, resident_days, requires_document, requires_phone, setup_put_away,
    pass_shows, address, map_url, stay_minutes_guest, stay_minutes_delivery, stay_minutes_service,
    stay_minutes_contractor, stay_minutes_other, created_at, updated_at)
    on garita.sites to garita_admin, garita_guard, garita_resident;
grant update (
    name, time_zone, country, language, grace_before_minutes, grace_after_minutes, second_factor_roles, visitor_days,
    log_name_days, resident_days, requires_document, requires_phone, setup_put_away, pass_shows, address, map_url,
    stay_minutes_guest, stay_minutes_delivery, stay_minutes_service, stay_minutes_contractor, stay_minutes_other)
    on garita.sites to garita_admin;

-- Read by functions of the owner alone.
select garita.protect('garita.phone_plans');

select garita.protect('garita.users');
-- A superuser has no site but must see their own account.
create policy site on garita.users as restrictive to garita_admin, garita_guard, garita_resident
    using (site_id = (select garita.current_site_id()) or id = (select garita.current_user_id()))
    with check (site_id = (select garita.current_site_id()) or id = (select garita.current_user_id()));
create policy admin on garita.users to garita_admin using (true) with check (true);
create policy self on garita.users to garita_guard, garita_resident
    using (id = (select garita.current_user_id())) with check (id = (select garita.current_user_id()));
grant select (
    id, site_id, username, role, first_name, last_name, email, phone, photo, is_active, is_active_employee,
    is_superuser, language, last_login, created_at, updated_at)
    on garita.users to garita_admin, garita_guard, garita_resident;
grant insert (
    username, password_hash, role, first_name, last_name, email, phone, photo, is_active, is_active_employee)
    on garita.users to garita_admin;
grant update (
    username, password_hash, role, first_name, last_name, email, phone, photo, is_active, is_active_employee)
    on garita.users to garita_admin;
-- Not the name: names are unique across all sites.
grant update (first_name, last_name, email, phone, photo) on garita.users to garita_guard, garita_resident;
grant delete on garita.users to garita_admin;

-- Live sessions can be read: one's own, and by an administrator those of the site. They are opened, rotated and closed by
-- api functions only.
select garita.protect('garita.sessions');
create policy own on garita.sessions for select to garita_guard, garita_resident
    using (user_id = (select garita.current_user_id())
        and revoked_at is null and expires_at > clock_timestamp() and absolute_end > clock_timestamp());
create policy admin on garita.sessions for select to garita_admin
    using ((user_id = (select garita.current_user_id()) or site_id = (select garita.current_site_id()))
        and revoked_at is null and expires_at > clock_timestamp() and absolute_end > clock_timestamp());
grant select (
    id, user_id, site_id, issued_at, expires_at, absolute_end, revoked_at, address, user_agent, created_at)
    on garita.sessions to garita_admin, garita_guard, garita_resident;

-- Read and written by the functions of log-in and by the operator's commands alone.
select garita.protect('garita.login_throttles');
select garita.protect('garita.password_links');
select garita.protect('garita.second_factors');
select garita.protect('garita.login_challenges');

-- Read and written by api.count_photo alone.
select garita.protect('garita.photo_counts');

-- Read and written by garita import-original alone.
select garita.protect('garita.legacy_imports');

-- Written by the operator's commands alone; api.last_jobs tells of them.
select garita.protect('garita.jobs');

select garita.protect('garita.schema_migrations');
