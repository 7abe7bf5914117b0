-- Visits and the codes that let them in.

create table garita.visitors (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    first_name text not null,
    last_name text not null,
    document_id text not null default '',
    phone text not null default '',
    email text not null default '',
    photo text not null default '',
    visitor_type text not null default 'GUEST',
    status text not null default 'PENDING',
    unit_id bigint not null,
    resident_id bigint,
    purpose text not null default '',
    expected_date date not null,
    expected_time time,
    vehicle_plate text not null default '',
    company text not null default '',
    authorized_by bigint,
    check_in_time timestamptz,
    check_out_time timestamptz,
    notes text not null default '',
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint visitors_site_unique unique (site_id, id),
    constraint visitors_unit_fkey foreign key (site_id, unit_id) references garita.units (site_id, id),
    constraint visitors_resident_fkey foreign key (site_id, resident_id) references garita.residents (site_id, id),
    -- Without site_id: a superuser belongs to no site and may approve in each; the trigger checks the site of others.
    constraint visitors_authorized_by_fkey foreign key (authorized_by) references garita.users (id),
    constraint visitors_first_name_length check (char_length(first_name) between 1 and 100),
    constraint visitors_last_name_length check (char_length(last_name) between 1 and 100),
    constraint visitors_document_id_length check (char_length(document_id) <= 50),
    constraint visitors_phone_length check (char_length(phone) <= 20),
    constraint visitors_phone_format
        check (phone = '' or regexp_replace(phone, '[ ()-]', '', 'g') ~ '^[+]?[0-9]{10,15}$'),
    constraint visitors_email_length check (char_length(email) <= 254),
    constraint visitors_photo_length check (char_length(photo) <= 200),
    constraint visitors_visitor_type_choice
        check (visitor_type in ('GUEST', 'DELIVERY', 'SERVICE', 'CONTRACTOR', 'OTHER')),
    constraint visitors_status_choice
        check (status in ('PENDING', 'APPROVED', 'CHECKED_IN', 'CHECKED_OUT', 'DENIED')),
    constraint visitors_purpose_length check (char_length(purpose) <= 10000),
    constraint visitors_vehicle_plate_length check (char_length(vehicle_plate) <= 20),
    constraint visitors_company_length check (char_length(company) <= 200),
    constraint visitors_notes_length check (char_length(notes) <= 10000)
) with (fillfactor = 85);
comment on table garita.visitors is
    'One announced or walked-in visit. Its life: PENDING, APPROVED or DENIED, CHECKED_IN, CHECKED_OUT.';
create index visitors_expected_idx on garita.visitors (site_id, expected_date, created_at);
create index visitors_unit_idx on garita.visitors (unit_id);
create index visitors_resident_idx on garita.visitors (resident_id) where resident_id is not null;
create index visitors_authorized_by_idx on garita.visitors (authorized_by) where authorized_by is not null;

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
    revoked_at timestamptz,
    generated_by bigint,
    last_used_at timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint temporary_codes_visitor_fkey foreign key (site_id, visitor_id) references garita.visitors (site_id, id),
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

-- A spent number may be drawn again: only live codes are unique. The second index finds past ones, to let people out.
create unique index temporary_codes_code_unique on garita.temporary_codes (site_id, code_tag) where is_active;
create index temporary_codes_tag_idx on garita.temporary_codes (site_id, code_tag);
create index temporary_codes_visitor_idx on garita.temporary_codes (visitor_id);
-- How many short codes are live decides how long the next one must be.
create index temporary_codes_live_idx on garita.temporary_codes (site_id, valid_until) where is_active;
create index temporary_codes_created_idx on garita.temporary_codes (site_id, created_at);
create index temporary_codes_generated_by_idx on garita.temporary_codes (generated_by) where generated_by is not null;
