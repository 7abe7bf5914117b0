-- Gates, and the tags and PINs that residents keep.

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
    code_type text not null default 'RFID',
    is_active boolean not null default true,
    revoked_at timestamptz,
    issued_date date not null default current_date,
    expiry_date date,
    issued_by bigint,
    notes text not null default '',
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint access_codes_site_unique unique (site_id, id),
    constraint access_codes_resident_fkey foreign key (site_id, resident_id) references garita.residents (site_id, id),
    constraint access_codes_issued_by_fkey foreign key (issued_by) references garita.users (id),
    constraint access_codes_code_unique unique (site_id, code_tag),
    constraint access_codes_code_tag_length check (octet_length(code_tag) = 16),
    constraint access_codes_code_sealed_length check (octet_length(code_sealed) between 28 and 256),
    constraint access_codes_code_hint_length check (char_length(code_hint) <= 2),
    constraint access_codes_code_type_choice check (code_type in ('RFID', 'PIN', 'BIOMETRIC', 'OTHER')),
    constraint access_codes_notes_length check (char_length(notes) <= 10000)
);
comment on table garita.access_codes is
    'Permanent codes of residents: tags, PINs, fingerprints. Stored like temporary ones.';
comment on column garita.access_codes.expiry_date is 'Last day it opens; that day ends at midnight of the site.';
create index access_codes_resident_idx on garita.access_codes (resident_id);
create index access_codes_created_idx on garita.access_codes (site_id, created_at);
create index access_codes_issued_by_idx on garita.access_codes (issued_by) where issued_by is not null;

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
