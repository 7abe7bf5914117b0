-- Sites, accounts, sessions. password_hash and token_version are readable by nobody: api functions alone compare them.

alter table garita.sites enable row level security;
drop policy if exists own_site on garita.sites;
create policy own_site on garita.sites for select to garita_admin, garita_guard, garita_resident
    using (id = (select garita.current_site_id()));
drop policy if exists across on garita.sites;
create policy across on garita.sites for select to garita_admin
    using (is_active and (select garita.is_superuser()));
drop policy if exists admin on garita.sites;
create policy admin on garita.sites for update to garita_admin
    using (id = (select garita.current_site_id())) with check (id = (select garita.current_site_id()));
revoke all on garita.sites from public, garita_admin, garita_guard, garita_resident;
-- Not the salt: with it a document could be tried against the block list.
grant select (
    id, name, code, time_zone, language, is_active, grace_before_minutes, grace_after_minutes, has_blocklist,
    second_factor_roles, visitor_days, log_name_days, resident_days, requires_document, requires_phone, created_at,
    updated_at)
    on garita.sites to garita_admin, garita_guard, garita_resident;
grant update (
    name, time_zone, language, grace_before_minutes, grace_after_minutes, second_factor_roles, visitor_days, log_name_days,
    resident_days, requires_document, requires_phone)
    on garita.sites to garita_admin;

alter table garita.users enable row level security;
drop policy if exists site on garita.users;
-- A superuser has no site but must see their own account.
create policy site on garita.users as restrictive to garita_admin, garita_guard, garita_resident
    using (site_id = (select garita.current_site_id()) or id = (select garita.current_user_id()))
    with check (site_id = (select garita.current_site_id()) or id = (select garita.current_user_id()));
drop policy if exists admin on garita.users;
create policy admin on garita.users to garita_admin using (true) with check (true);
drop policy if exists self on garita.users;
create policy self on garita.users to garita_guard, garita_resident
    using (id = (select garita.current_user_id())) with check (id = (select garita.current_user_id()));
revoke all on garita.users from public, garita_admin, garita_guard, garita_resident;
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
-- Not the name: those of all sites are one another's neighbours.
grant update (first_name, last_name, email, phone, photo) on garita.users to garita_guard, garita_resident;
grant delete on garita.users to garita_admin;

-- Living sessions can be looked at: one's own, and by an administrator those of the site. They are opened, rotated and
-- closed by api functions only.
alter table garita.sessions enable row level security;
drop policy if exists own on garita.sessions;
create policy own on garita.sessions for select to garita_guard, garita_resident
    using (user_id = (select garita.current_user_id())
        and revoked_at is null and expires_at > clock_timestamp() and absolute_end > clock_timestamp());
drop policy if exists admin on garita.sessions;
create policy admin on garita.sessions for select to garita_admin
    using ((user_id = (select garita.current_user_id()) or site_id = (select garita.current_site_id()))
        and revoked_at is null and expires_at > clock_timestamp() and absolute_end > clock_timestamp());
revoke all on garita.sessions from public, garita_admin, garita_guard, garita_resident;
grant select (
    id, user_id, site_id, issued_at, expires_at, absolute_end, revoked_at, address, user_agent, created_at)
    on garita.sessions to garita_admin, garita_guard, garita_resident;

-- No grant either: only log-in and the operator look at it.
alter table garita.login_throttles enable row level security;
revoke all on garita.login_throttles from public, garita_admin, garita_guard, garita_resident;
alter table garita.password_links enable row level security;
revoke all on garita.password_links from public, garita_admin, garita_guard, garita_resident;
alter table garita.second_factors enable row level security;
revoke all on garita.second_factors from public, garita_admin, garita_guard, garita_resident;
alter table garita.login_challenges enable row level security;
revoke all on garita.login_challenges from public, garita_admin, garita_guard, garita_resident;

-- Nor here: api.count_photo counts.
alter table garita.photo_counts enable row level security;
revoke all on garita.photo_counts from public, garita_admin, garita_guard, garita_resident;

-- Only garita import-original reads and writes it.
alter table garita.legacy_imports enable row level security;
revoke all on garita.legacy_imports from public, garita_admin, garita_guard, garita_resident;

alter table garita.schema_migrations enable row level security;
revoke all on garita.schema_migrations from public, garita_admin, garita_guard, garita_resident;
