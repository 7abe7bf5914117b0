-- Where people live, and who.

create table garita.buildings (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    name text not null,
    code text not null,
    address text not null default '',
    floors integer not null default 1,
    units_per_floor integer not null default 1,
    is_active boolean not null default true,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint buildings_site_fkey foreign key (site_id) references garita.sites (id),
    constraint buildings_site_unique unique (site_id, id),
    constraint buildings_name_unique unique (site_id, name),
    constraint buildings_code_unique unique (site_id, code),
    constraint buildings_name_length check (char_length(name) between 1 and 100),
    constraint buildings_code_length check (char_length(code) between 1 and 10),
    constraint buildings_address_length check (char_length(address) <= 1000),
    constraint buildings_floors_range check (floors >= 0),
    constraint buildings_units_per_floor_range check (units_per_floor >= 0)
);
comment on table garita.buildings is 'Buildings: towers, blocks, streets of houses.';

create table garita.units (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    building_id bigint not null,
    number text not null,
    floor integer not null,
    owner_name text not null default '',
    owner_phone text not null default '',
    is_occupied boolean not null default true,
    notes text not null default '',
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint units_site_unique unique (site_id, id),
    constraint units_building_fkey foreign key (site_id, building_id) references garita.buildings (site_id, id),
    constraint units_building_number_unique unique (site_id, building_id, number),
    constraint units_number_length check (char_length(number) between 1 and 10),
    constraint units_number_format check (number ~ '^[A-Za-z0-9-]+$'),
    constraint units_owner_name_length check (char_length(owner_name) <= 200),
    constraint units_owner_phone_length check (char_length(owner_phone) <= 20),
    constraint units_notes_length check (char_length(notes) <= 10000)
);
comment on table garita.units is 'Apartments and houses; on screen "A-101" = building code and number.';

create table garita.residents (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    user_id bigint,
    unit_id bigint not null,
    first_name text not null,
    last_name text not null,
    document_id text not null default '',
    phone text not null default '',
    email text not null default '',
    photo text not null default '',
    resident_type text not null default 'OWNER',
    emergency_contact_name text not null default '',
    emergency_contact_phone text not null default '',
    is_authorized boolean not null default true,
    move_in_date date,
    move_out_date date,
    notes text not null default '',
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint residents_site_unique unique (site_id, id),
    constraint residents_user_fkey foreign key (site_id, user_id) references garita.users (site_id, id),
    constraint residents_unit_fkey foreign key (site_id, unit_id) references garita.units (site_id, id),
    constraint residents_user_unique unique (user_id),
    constraint residents_first_name_length check (char_length(first_name) between 1 and 100),
    constraint residents_last_name_length check (char_length(last_name) between 1 and 100),
    constraint residents_document_id_length check (char_length(document_id) <= 50),
    constraint residents_phone_length check (char_length(phone) <= 20),
    constraint residents_phone_format
        check (phone = '' or regexp_replace(phone, '[ ()-]', '', 'g') ~ '^[+]?[0-9]{10,15}$'),
    constraint residents_email_length check (char_length(email) <= 254),
    constraint residents_photo_name check (photo ~ '^([0-9a-f]{32})?$'),
    constraint residents_resident_type_choice check (resident_type in ('OWNER', 'TENANT', 'FAMILY')),
    constraint residents_emergency_contact_name_length check (char_length(emergency_contact_name) <= 200),
    constraint residents_emergency_contact_phone_length check (char_length(emergency_contact_phone) <= 20),
    constraint residents_move_out_date_order check (move_out_date >= move_in_date),
    constraint residents_notes_length check (char_length(notes) <= 10000)
);
comment on table garita.residents is 'People who live here. is_active on the wire = no move-out date that has come.';
comment on column garita.residents.move_out_date is 'From this day on (site time zone) no code of the person opens.';
create index residents_unit_idx on garita.residents (unit_id);
create index residents_created_idx on garita.residents (site_id, created_at);
create index residents_search_idx on garita.residents using gin ((garita.fold(
    first_name || chr(10) || last_name || chr(10) || document_id || chr(10) || phone || chr(10) || email))
    garita.gin_trgm_ops);
-- An index, because of many residents none may be known.
create unique index residents_document_id_unique on garita.residents (site_id, document_id) where document_id <> '';

-- How many visits the residents of one home have registered lately: each home has its share.
create table garita.registration_counts (
    unit_id bigint not null,
    site_id bigint not null,
    since timestamptz not null,
    visits integer not null,
    constraint registration_counts_pkey primary key (unit_id),
    constraint registration_counts_unit_fkey
        foreign key (site_id, unit_id) references garita.units (site_id, id) on delete cascade
) with (fillfactor = 50);
comment on table garita.registration_counts is
    'Visits that residents of a home registered in the 24 hours that began at a moment; no row means none yet.';
