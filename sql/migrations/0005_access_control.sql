-- Gates, hours, the tags and PINs that residents keep, the block list, and the devices at the gates.

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
    'When a code opens, by the local time of the site. Hours that pass midnight belong to the day they begin.';
comment on column garita.schedules.weekdays is 'Monday 1, Tuesday 2, Wednesday 4 … Sunday 64, added up.';
comment on column garita.schedules.ends_at is
    'End, exclusive. Not after starts_at: the hours end on the next day.';
comment on column garita.schedules.on_holidays is 'Whether it also applies on the holidays of the site.';

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
comment on table garita.holidays is 'Days on which schedules do not apply, unless on_holidays says that they do.';

create table garita.access_points (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    name text not null,
    code text not null,
    access_type text not null default 'MAIN_GATE',
    location text not null,
    building_id bigint,
    supports_qr boolean not null default true,
    supports_rfid boolean not null default false,
    supports_numeric boolean not null default true,
    is_entry boolean not null default true,
    is_exit boolean not null default true,
    is_active boolean not null default true,
    notes text not null default '',
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint access_points_site_fkey foreign key (site_id) references garita.sites (id),
    constraint access_points_site_unique unique (site_id, id),
    constraint access_points_building_fkey foreign key (site_id, building_id) references garita.buildings (site_id, id),
    constraint access_points_name_unique unique (site_id, name),
    constraint access_points_code_unique unique (site_id, code),
    constraint access_points_name_length check (char_length(name) between 1 and 100),
    constraint access_points_code_length check (char_length(code) between 1 and 20),
    constraint access_points_access_type_choice check (access_type in (
        'MAIN_GATE', 'PEDESTRIAN', 'VEHICLE', 'BUILDING_DOOR', 'GARAGE', 'POOL', 'GYM', 'OTHER')),
    constraint access_points_location_length check (char_length(location) between 1 and 200),
    constraint access_points_notes_length check (char_length(notes) <= 10000)
);
comment on table garita.access_points is
    'Gates and doors. One of a building opens only for the people of that building.';
create index access_points_building_idx on garita.access_points (building_id) where building_id is not null;

create table garita.access_codes (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    resident_id bigint not null,
    code_tag bytea not null,
    code_sealed bytea,
    key_version integer not null,
    code_hint text not null,
    code_digits integer,
    code_letters integer,
    code_type text not null default 'RFID',
    is_active boolean not null default true,
    revoked_at timestamptz,
    issued_date date not null default current_date,
    expiry_date date,
    schedule_id bigint,
    issued_by bigint,
    notes text not null default '',
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint access_codes_site_unique unique (site_id, id),
    constraint access_codes_resident_fkey foreign key (site_id, resident_id) references garita.residents (site_id, id),
    constraint access_codes_schedule_fkey
        foreign key (site_id, schedule_id) references garita.schedules (site_id, id),
    constraint access_codes_issued_by_fkey foreign key (issued_by) references garita.users (id),
    constraint access_codes_code_unique unique (site_id, code_tag),
    constraint access_codes_code_tag_length check (octet_length(code_tag) = 16),
    constraint access_codes_code_sealed_length check (octet_length(code_sealed) between 28 and 256),
    constraint access_codes_code_hint_length check (char_length(code_hint) <= 2),
    constraint access_codes_code_digits_range check (code_digits >= 0),
    constraint access_codes_code_letters_range check (code_letters >= 0),
    constraint access_codes_code_type_choice check (code_type in ('RFID', 'PIN', 'BIOMETRIC', 'OTHER')),
    constraint access_codes_notes_length check (char_length(notes) <= 10000)
);
comment on table garita.access_codes is
    'Permanent codes of residents: tags, PINs, fingerprints. Stored like temporary ones.';
comment on column garita.access_codes.expiry_date is 'Last day it opens; that day ends at midnight of the site.';
comment on column garita.access_codes.code_digits is
    'Digits of the code; null, like code_letters, for one stored before they were counted, or imported.';
comment on column garita.access_codes.code_letters is 'Letters A to Z of the code.';
create index access_codes_resident_idx on garita.access_codes (resident_id);
create index access_codes_created_idx on garita.access_codes (site_id, created_at);
create index access_codes_issued_by_idx on garita.access_codes (issued_by) where issued_by is not null;
create index access_codes_schedule_idx on garita.access_codes (schedule_id) where schedule_id is not null;
-- The lengths of tags and PINs tell what a text could be: a sealed code is 28 bytes longer than the code.
create index access_codes_length_idx on garita.access_codes (site_id, octet_length(code_sealed)) where is_active;

create table garita.access_code_points (
    access_code_id bigint not null,
    access_point_id bigint not null,
    site_id bigint not null default garita.current_site_id(),
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    primary key (access_code_id, access_point_id),
    constraint access_code_points_access_code_fkey
        foreign key (site_id, access_code_id) references garita.access_codes (site_id, id) on delete cascade,
    constraint access_code_points_access_points_fkey
        foreign key (site_id, access_point_id) references garita.access_points (site_id, id)
);
comment on table garita.access_code_points is 'The only gates a permanent code opens; no row means every gate.';
create index access_code_points_point_idx on garita.access_code_points (access_point_id);

create table garita.blocklist (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    kind text not null,
    value text not null,
    display text not null default '',
    near_matches text[] not null default '{}',
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
    'Whom the gate refuses. Documents and phones are stored as salted tags, so that the list does not reveal them.';
comment on column garita.blocklist.value is
    'As garita.blocklist_value normalizes it, by a trigger, from the clear text that is written. Readable by no role.';
comment on column garita.blocklist.display is 'As written, of names and plates only.';
comment on column garita.blocklist.near_matches is
    'Names and plates one typing error away, as garita.near_matches finds them.';
create index blocklist_near_matches_idx on garita.blocklist using gin (near_matches) with (fastupdate = off);
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
comment on column garita.devices.rotated_at is
    'When the latest key version began; the one before it is valid for 7 more days.';
create index devices_access_point_idx on garita.devices (access_point_id);
