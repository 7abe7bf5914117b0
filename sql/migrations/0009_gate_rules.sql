-- What the rules of the gate need beside the code itself: hours, holidays, gates per visit, a block list, devices,
-- request ids, and the count of wrong guesses.

alter table garita.sites
    add column grace_before_minutes integer not null default 0,
    add column grace_after_minutes integer not null default 0,
    add column has_blocklist boolean not null default false,
    -- Volatile, so every site has its own: the same document has another tag in every site.
    add column blocklist_salt bytea not null default uuid_send(gen_random_uuid()),
    add constraint sites_grace_before_minutes_range check (grace_before_minutes between 0 and 240),
    add constraint sites_grace_after_minutes_range check (grace_after_minutes between 0 and 240);
comment on column garita.sites.grace_before_minutes is
    'How much too early a visitor may come: widens windows and schedules, never an expiry date.';
comment on column garita.sites.grace_after_minutes is 'How much too late a visitor may come.';
comment on column garita.sites.has_blocklist is
    'Set by the first entry of the block list and never unset: a site without one pays nothing for it.';

create table garita.schedules (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    name text not null,
    weekdays integer not null default 127,
    starts_at time not null default '00:00',
    ends_at time not null default '24:00',
    first_day date,
    last_day date,
    on_holidays boolean not null default false,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint schedules_site_fkey foreign key (site_id) references garita.sites (id),
    constraint schedules_site_unique unique (site_id, id),
    constraint schedules_name_unique unique (site_id, name),
    constraint schedules_name_length check (char_length(name) between 1 and 100),
    constraint schedules_weekdays_range check (weekdays between 1 and 127),
    constraint schedules_last_day_order check (last_day >= first_day)
);
comment on table garita.schedules is
    'When a code opens, by the clock on the wall of the site. Hours that pass midnight belong to the day they begin.';
comment on column garita.schedules.weekdays is 'Monday 1, Tuesday 2, Wednesday 4 … Sunday 64, added up.';
comment on column garita.schedules.ends_at is
    'No longer part of it. Not after starts_at: the hours end on the next day.';
comment on column garita.schedules.on_holidays is 'Whether it also holds on the holidays of the site.';

create table garita.holidays (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    day date not null,
    name text not null,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint holidays_site_fkey foreign key (site_id) references garita.sites (id),
    constraint holidays_day_unique unique (site_id, day),
    constraint holidays_name_length check (char_length(name) between 1 and 100)
);
comment on table garita.holidays is 'Days on which schedules rest, unless they hold on holidays too.';

alter table garita.temporary_codes
    add column schedule_id bigint,
    add column last_step bigint,
    add column is_retired boolean not null default false,
    add constraint temporary_codes_site_unique unique (site_id, id),
    add constraint temporary_codes_schedule_fkey
        foreign key (site_id, schedule_id) references garita.schedules (site_id, id);
comment on column garita.temporary_codes.last_step is
    'Of a one-time code: the last 30 s step that opened a gate. That step, and any before it, opens none again.';
comment on column garita.temporary_codes.is_retired is
    'Its number was drawn again: the gate knows the later code by it.';
create index temporary_codes_schedule_idx on garita.temporary_codes (schedule_id) where schedule_id is not null;

alter table garita.access_codes
    add column schedule_id bigint,
    add constraint access_codes_schedule_fkey
        foreign key (site_id, schedule_id) references garita.schedules (site_id, id);
create index access_codes_schedule_idx on garita.access_codes (schedule_id) where schedule_id is not null;

create table garita.temporary_code_points (
    temporary_code_id bigint not null,
    access_point_id bigint not null,
    site_id bigint not null default garita.current_site_id(),
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    primary key (temporary_code_id, access_point_id),
    constraint temporary_code_points_temporary_code_fkey
        foreign key (site_id, temporary_code_id) references garita.temporary_codes (site_id, id) on delete cascade,
    constraint temporary_code_points_access_points_fkey
        foreign key (site_id, access_point_id) references garita.access_points (site_id, id)
);
comment on table garita.temporary_code_points is 'The only gates a visitor''s code opens; no row means every gate.';
create index temporary_code_points_point_idx on garita.temporary_code_points (access_point_id);

create table garita.blocklist (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    kind text not null,
    value text not null,
    display text not null default '',
    likenesses text[] not null default '{}',
    reason text not null default '',
    author bigint,
    expires_at timestamptz,
    review_on date,
    is_active boolean not null default true,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint blocklist_site_fkey foreign key (site_id) references garita.sites (id),
    constraint blocklist_author_fkey foreign key (author) references garita.users (id),
    constraint blocklist_value_unique unique (site_id, kind, value),
    constraint blocklist_kind_choice check (kind in ('name', 'document', 'plate', 'phone')),
    constraint blocklist_value_length check (char_length(value) between 1 and 300),
    constraint blocklist_display_length check (char_length(display) <= 300),
    constraint blocklist_reason_length check (char_length(reason) <= 1000)
);
comment on table garita.blocklist is
    'Whom the gate keeps out. Documents and phones are kept as salted tags: the list tells nobody what they are.';
comment on column garita.blocklist.value is
    'As garita.blocklist_value compares it; written in clear and turned by a trigger. Readable by no role.';
comment on column garita.blocklist.display is 'As written, of names and plates only.';
comment on column garita.blocklist.likenesses is 'Names and plates one typing error away, as garita.likenesses finds them.';
create index blocklist_likenesses_idx on garita.blocklist using gin (likenesses) with (fastupdate = off);
create index blocklist_author_idx on garita.blocklist (author) where author is not null;

create table garita.devices (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    name text not null,
    access_point_id bigint not null,
    allows_entry boolean not null,
    allows_exit boolean not null,
    is_active boolean not null default true,
    key_version integer not null default 1,
    minimum_key_version integer not null default 1,
    rotated_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint devices_access_point_fkey
        foreign key (site_id, access_point_id) references garita.access_points (site_id, id),
    constraint devices_name_unique unique (site_id, name),
    constraint devices_name_length check (char_length(name) between 1 and 100),
    constraint devices_allows_something check (allows_entry or allows_exit),
    constraint devices_key_version_range check (minimum_key_version between 1 and key_version),
    constraint devices_revoked_inactive check (revoked_at is null or not is_active)
);
comment on table garita.devices is
    'Readers that ask without a person: each at one gate. Their keys are derived outside the database from the id and '
    'the key version.';
comment on column garita.devices.rotated_at is 'When the latest key version began; the one before it lives 7 days on.';
create index devices_access_point_idx on garita.devices (access_point_id);

create table garita.gate_throttles (
    site_id bigint not null default garita.current_site_id(),
    access_point_id bigint not null,
    tokens double precision not null,
    refilled_at timestamptz not null,
    day date not null,
    day_failures integer not null,
    short_off boolean not null default false,
    throttled_minute timestamptz,
    throttled_count integer not null default 0,
    acknowledged_at timestamptz,
    primary key (site_id, access_point_id),
    constraint gate_throttles_site_fkey foreign key (site_id) references garita.sites (id)
) with (fillfactor = 50);
comment on table garita.gate_throttles is
    'Wrong short codes per gate; no row means none yet. A success only reads it. Gate 0 stands for requests that name '
    'no gate.';
comment on column garita.gate_throttles.tokens is 'Wrong guesses left at refilled_at: ten at most, one more a minute.';
comment on column garita.gate_throttles.short_off is
    'A hundred wrong guesses in a day: short codes let nobody in here until a guard acknowledges.';
comment on column garita.gate_throttles.throttled_count is 'Attempts not looked at in throttled_minute; the first is logged.';

-- The answer of a gate: what api.validate_code returns, and what a repeated request gets again.
create type garita.gate_verdict as (
    granted boolean,
    reasons text[],
    warnings text[],
    attention jsonb,
    person_type text,
    person_name text,
    unit text,
    code_kind text,
    code_id bigint,
    log_id bigint,
    uses_left integer,
    visitor_id bigint,
    access_point_known boolean,
    retry_after integer,
    replayed boolean
);
comment on type garita.gate_verdict is 'What a gate answers.';

create table garita.admissions (
    caller text not null,
    request_id text not null,
    site_id bigint not null,
    fingerprint bytea not null,
    answer garita.gate_verdict not null,
    log_id bigint,
    created_at timestamptz not null,
    primary key (caller, request_id)
);
comment on table garita.admissions is
    'First answers to requests that carry an id, kept 48 h: a repeated request gets the same and spends nothing. No '
    'index by time: the purge reads the whole table, which never holds more than two days.';
comment on column garita.admissions.caller is 'u:<account> or d:<device>.';
comment on column garita.admissions.fingerprint is 'Tag of the code, gate and direction: what the id was used for.';

-- What the gate knows of who asks where, in one row. Null point_id: no gate was named, or none of the site.
create type garita.gate as (
    site_id bigint,
    time_zone text,
    grace_before interval,
    grace_after interval,
    has_blocklist boolean,
    user_id bigint,
    device_id bigint,
    is_own_point boolean,
    is_own_direction boolean,
    point_id bigint,
    point_name text,
    building_id bigint,
    is_active boolean,
    is_this_way boolean,
    supports_qr boolean,
    supports_rfid boolean,
    supports_numeric boolean,
    tokens double precision,
    short_off boolean,
    throttled_minute timestamptz,
    throttled_count integer
);
comment on type garita.gate is 'Site, caller, access point and its throttle, as one request meets them.';

-- The pass grows; with the old type go the functions that took it.
drop type garita.gate_pass cascade;
create type garita.gate_pass as (
    code_type text,
    access_code_id bigint,
    temporary_code_id bigint,
    row_version xid,
    is_revoked boolean,
    starts_at timestamptz,
    ends_at timestamptz,
    last_day date,
    uses_left integer,
    last_step bigint,
    schedule_id bigint,
    opens_this_point boolean,
    building_id bigint,
    unit_id bigint,
    unit_display text,
    resident_id bigint,
    visitor_id bigint,
    person_name text,
    person_document text,
    person_phone text,
    is_authorized boolean,
    move_out_date date,
    visit_status text,
    vehicle_plate text
);
comment on type garita.gate_pass is
    'A code with its person, home and limits, as garita.find_pass reads it: one shape for permanent and temporary '
    'codes, so that one set of rules judges both. A null limit refuses nothing.';
