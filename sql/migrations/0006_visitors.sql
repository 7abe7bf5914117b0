-- Visits and the codes that let them in.

-- A visit is written by the gate at every first entry and last exit, and then none of these fields changes. As domains
-- their rules hold where a value is written, and cost nothing where it is not: PostgreSQL prepares every CHECK of a table
-- anew for each statement that writes a row.
create domain garita.visitors_first_name as text
    constraint visitors_first_name_length check (char_length(value) between 1 and 100);
create domain garita.visitors_last_name as text
    constraint visitors_last_name_length check (char_length(value) between 1 and 100);
create domain garita.visitors_document_id as text
    constraint visitors_document_id_length check (char_length(value) <= 50);
create domain garita.visitors_phone as text
    constraint visitors_phone_length check (char_length(value) <= 20)
    constraint visitors_phone_format
        check (value = '' or regexp_replace(value, '[ ()-]', '', 'g') ~ '^[+]?[0-9]{10,15}$');
create domain garita.visitors_email as text constraint visitors_email_length check (char_length(value) <= 254);
create domain garita.visitors_photo as text constraint visitors_photo_name check (value ~ '^([0-9a-f]{32})?$');
create domain garita.visitors_visitor_type as text constraint visitors_visitor_type_choice
    check (value in ('GUEST', 'DELIVERY', 'SERVICE', 'CONTRACTOR', 'OTHER'));
create domain garita.visitors_purpose as text constraint visitors_purpose_length check (char_length(value) <= 10000);
create domain garita.visitors_vehicle_plate as text
    constraint visitors_vehicle_plate_length check (char_length(value) <= 20);
create domain garita.visitors_company as text constraint visitors_company_length check (char_length(value) <= 200);
create domain garita.visitors_notes as text constraint visitors_notes_length check (char_length(value) <= 10000);

create table garita.visitors (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    first_name garita.visitors_first_name not null,
    last_name garita.visitors_last_name not null,
    document_id garita.visitors_document_id not null default '',
    phone garita.visitors_phone not null default '',
    email garita.visitors_email not null default '',
    photo garita.visitors_photo not null default '',
    visitor_type garita.visitors_visitor_type not null default 'GUEST',
    status text not null default 'PENDING',
    unit_id bigint not null,
    resident_id bigint,
    purpose garita.visitors_purpose not null default '',
    expected_date date not null,
    expected_time time,
    vehicle_plate garita.visitors_vehicle_plate not null default '',
    company garita.visitors_company not null default '',
    authorized_by bigint,
    sponsor_id bigint,
    check_in_time timestamptz,
    check_out_time timestamptz,
    notes garita.visitors_notes not null default '',
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    search_text text generated always as (garita.fold(
        first_name || chr(10) || last_name || chr(10) || document_id || chr(10) || phone || chr(10) || company || chr(10)
        || vehicle_plate)) stored,
    constraint visitors_site_unique unique (site_id, id),
    constraint visitors_unit_fkey foreign key (site_id, unit_id) references garita.units (site_id, id),
    constraint visitors_resident_fkey foreign key (site_id, resident_id) references garita.residents (site_id, id),
    constraint visitors_sponsor_fkey foreign key (site_id, sponsor_id) references garita.residents (site_id, id),
    -- Without site_id: a superuser belongs to no site and may approve in each; the trigger checks the site of others.
    constraint visitors_authorized_by_fkey foreign key (authorized_by) references garita.users (id),
    constraint visitors_status_choice
        check (status in ('PENDING', 'APPROVED', 'CHECKED_IN', 'CHECKED_OUT', 'DENIED'))
) with (fillfactor = 85);
comment on table garita.visitors is
    'One announced or walked-in visit. Its life: PENDING, APPROVED or DENIED, CHECKED_IN, CHECKED_OUT.';
comment on column garita.visitors.sponsor_id is
    'The resident by whose word the visit is approved: who registered or approved it, or whose word a guard took. Null '
    'when staff decided alone.';
comment on column garita.visitors.search_text is
    'What a search looks into, folded, a line for each field: made by the database, so that an erasure blanks it too.';
create index visitors_expected_idx on garita.visitors (site_id, expected_date, created_at);
create index visitors_unit_idx on garita.visitors (unit_id);
create index visitors_resident_idx on garita.visitors (resident_id) where resident_id is not null;
create index visitors_authorized_by_idx on garita.visitors (authorized_by) where authorized_by is not null;
-- The visits that still have something to erase. None of these fields is ever written by the gate, so its updates stay
-- heap-only.
create index visitors_named_idx on garita.visitors (site_id, expected_date)
    where first_name || last_name || document_id || phone || email || photo || purpose || vehicle_plate || company || notes
        <> '——';
create index visitors_plate_idx on garita.visitors (
    site_id, regexp_replace(garita.fold(vehicle_plate), '[^a-z0-9]', '', 'g')) where vehicle_plate <> '';
create index visitors_sponsor_idx on garita.visitors (sponsor_id) where sponsor_id is not null;
-- One text of all fields, because one index does for all: the line ends between them are in no word of a search.
create index visitors_search_idx on garita.visitors using gin (search_text garita.gin_trgm_ops);

create table garita.temporary_codes (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    visitor_id bigint not null,
    code_tag bytea not null,
    code_sealed bytea,
    key_version integer not null,
    code_hint text not null,
    code_type text not null,
    valid_from timestamptz not null,
    valid_until timestamptz not null,
    max_uses integer not null default 1,
    times_used integer not null default 0,
    is_active boolean not null default true,
    is_retired boolean not null default false,
    is_for_household boolean not null default false,
    revoked_at timestamptz,
    generated_by bigint,
    last_used_at timestamptz,
    last_step bigint,
    schedule_id bigint,
    sponsor_id bigint,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint temporary_codes_site_unique unique (site_id, id),
    constraint temporary_codes_visitor_fkey foreign key (site_id, visitor_id) references garita.visitors (site_id, id),
    constraint temporary_codes_schedule_fkey
        foreign key (site_id, schedule_id) references garita.schedules (site_id, id),
    constraint temporary_codes_sponsor_fkey foreign key (site_id, sponsor_id) references garita.residents (site_id, id),
    constraint temporary_codes_generated_by_fkey foreign key (generated_by) references garita.users (id),
    constraint temporary_codes_code_tag_length check (octet_length(code_tag) = 16),
    constraint temporary_codes_code_sealed_length check (octet_length(code_sealed) between 28 and 256),
    constraint temporary_codes_code_hint_length check (char_length(code_hint) <= 2),
    constraint temporary_codes_code_type_choice check (code_type in ('NUMERIC', 'ALPHANUMERIC', 'QR', 'OTP')),
    constraint temporary_codes_valid_until_order check (valid_until > valid_from),
    constraint temporary_codes_max_uses_range check (max_uses >= 1),
    constraint temporary_codes_times_used_range check (times_used between 0 and max_uses),
    constraint temporary_codes_revoked_inactive check (revoked_at is null or not is_active)
) with (fillfactor = 80);
comment on table garita.temporary_codes is
    'Codes of visitors. The code itself is nowhere: a keyed tag finds it, a sealed copy shows it, both made and opened '
    'with keys outside the database. times_used can never pass max_uses, whatever happens.';
comment on column garita.temporary_codes.code_tag is 'First 16 bytes of HMAC-SHA256 of the normalised code.';
comment on column garita.temporary_codes.code_sealed is 'AES-256-GCM of the code, bound to its tag; null once erased.';
comment on column garita.temporary_codes.code_hint is 'The last two characters: what a masked display may show.';
comment on column garita.temporary_codes.is_active is 'False when revoked (then revoked_at is set) or used up.';
comment on column garita.temporary_codes.last_step is
    'Of a one-time code: the last 30 s step that opened a gate. That step, and any before it, opens none again.';
comment on column garita.temporary_codes.is_retired is
    'Its number was drawn again: the gate knows the later code by it.';
comment on column garita.temporary_codes.sponsor_id is 'The resident who issued it; null when staff did.';
comment on column garita.temporary_codes.is_for_household is
    'Somebody lived in the home visited when it was issued: it ends with that household. A pass for an empty home, such '
    'as a plumber''s, does not.';
create index temporary_codes_visitor_idx on garita.temporary_codes (visitor_id);
create index temporary_codes_created_idx on garita.temporary_codes (site_id, created_at);
create index temporary_codes_generated_by_idx on garita.temporary_codes (generated_by) where generated_by is not null;
create index temporary_codes_schedule_idx on garita.temporary_codes (schedule_id) where schedule_id is not null;
-- The gate's updates touch no indexed column: PostgreSQL then writes no index entry for them (heap-only tuples). A code
-- used up becomes inactive, so no index may speak of is_active. Uniqueness goes by is_retired instead: a number stays its
-- code's, live or spent, until it is drawn again, which issuing does at the earliest a week after its end.
create unique index temporary_codes_code_unique on garita.temporary_codes (site_id, code_tag) where not is_retired;
create index temporary_codes_short_idx on garita.temporary_codes (site_id, valid_until)
    where code_type in ('NUMERIC', 'ALPHANUMERIC', 'OTP');
create index temporary_codes_until_idx on garita.temporary_codes (site_id, valid_until);
create index temporary_codes_sponsor_idx on garita.temporary_codes (sponsor_id, valid_until)
    where sponsor_id is not null;
comment on index garita.temporary_codes_short_idx is
    'How many short codes are live decides how long the next one must be.';

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

-- How many visits and passes a site has, without counting them at every page of a list.
create table garita.row_counts (
    site_id bigint not null,
    table_name text not null,
    shard integer not null,
    total bigint not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (site_id, table_name, shard)
) with (fillfactor = 50);
comment on table garita.row_counts is
    'How many rows of a large table each site has: the sum of the shards. Kept by triggers in the same transaction, so '
    'whoever sees a row sees it counted.';
comment on column garita.row_counts.shard is
    'The connection that wrote (garita.count_rows): two that write at once do not wait for each other.';
