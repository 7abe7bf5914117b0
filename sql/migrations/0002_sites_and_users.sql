-- Whose data it is (site) and who acts (user).
-- Conventions of all tables: identity keys; unset text is '', unset reference or time is null; constraints are named
-- <table>_<field>_<rule>, so that the worker can turn a violation into an error of that field. Every foreign key between
-- tables of a site carries site_id: rows of two communities can never be mixed, not even by a bug.

create table garita.sites (
    id bigint generated always as identity primary key,
    name text not null,
    code text not null,
    time_zone text not null default 'America/Mexico_City',
    language text not null default 'es',
    is_active boolean not null default true,
    grace_before_minutes integer not null default 0,
    grace_after_minutes integer not null default 0,
    has_blocklist boolean not null default false,
    -- Volatile, so every site has its own: the same document has another tag in every site.
    blocklist_salt bytea not null default uuid_send(gen_random_uuid()),
    second_factor_roles text[] not null default '{}',
    requires_document boolean not null default false,
    requires_phone boolean not null default false,
    visitor_days integer not null default 30,
    log_name_days integer not null default 90,
    resident_days integer not null default 365,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint sites_code_unique unique (code),
    constraint sites_name_length check (char_length(name) between 1 and 100),
    constraint sites_code_length check (char_length(code) between 1 and 20),
    constraint sites_time_zone_length check (char_length(time_zone) between 1 and 64),
    constraint sites_language_choice check (language in ('es', 'en')),
    constraint sites_grace_before_minutes_range check (grace_before_minutes between 0 and 240),
    constraint sites_grace_after_minutes_range check (grace_after_minutes between 0 and 240),
    constraint sites_second_factor_roles_choice
        check (second_factor_roles <@ array['ADMIN', 'GUARD', 'RESIDENT'] and cardinality(second_factor_roles) <= 3),
    constraint sites_visitor_days_range check (visitor_days between 1 and 3650),
    constraint sites_log_name_days_range check (log_name_days between 1 and 3650),
    constraint sites_resident_days_range check (resident_days between 1 and 3650)
);
comment on table garita.sites is 'A residential community. Every other row belongs to exactly one.';
comment on column garita.sites.time_zone is 'Days begin and end here: expiry dates, move-outs, rendered times.';
comment on column garita.sites.grace_before_minutes is
    'Minutes a visitor may come too early: widens validity windows and schedules, never an expiry date.';
comment on column garita.sites.grace_after_minutes is 'Minutes a visitor may come too late.';
comment on column garita.sites.has_blocklist is
    'Set by the first entry of the block list and never unset: where it is false, decisions skip the list.';
comment on column garita.sites.second_factor_roles is
    'People of these roles need a second factor: whoever has none can only enrol one.';
comment on column garita.sites.visitor_days is
    'Days after the end of a visit until its personal fields and photo are erased (garita.erase_visitors).';
comment on column garita.sites.log_name_days is
    'Days after an attempt until its log row loses names, documents, plates and notes (garita.erase_log_names).';
comment on column garita.sites.requires_document is 'No resident without a document (garita.keep_resident_rules).';
comment on column garita.sites.requires_phone is 'No resident without a phone (garita.keep_resident_rules).';
comment on column garita.sites.resident_days is
    'Days after a resident or an account was deleted until personal data in its audit entries is blanked '
    '(garita.erase_deleted_people).';

-- A fresh install has one community; nothing in the API changes for it.
insert into garita.sites (name, code) values ('Residencial', 'MAIN');

create table garita.users (
    id bigint generated always as identity primary key,
    site_id bigint default garita.current_site_id(),
    username text not null,
    name_key text not null,
    -- An account whose person has yet to choose a password: no password has this hash.
    password_hash text not null default '!',
    role text not null default 'GUARD',
    first_name text not null default '',
    last_name text not null default '',
    email text not null default '',
    phone text not null default '',
    photo text not null default '',
    is_active boolean not null default true,
    is_active_employee boolean not null default true,
    is_superuser boolean not null default false,
    language text,
    token_version integer not null default 1,
    last_login timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint users_site_fkey foreign key (site_id) references garita.sites (id),
    constraint users_site_unique unique (site_id, id),
    constraint users_site_required check (site_id is not null or is_superuser),
    constraint users_username_unique unique (name_key),
    constraint users_username_length check (char_length(username) between 1 and 150),
    constraint users_username_format check (username ~ '^[[:alnum:]_.@+-]+$'),
    constraint users_password_hash_length check (char_length(password_hash) between 1 and 300),
    constraint users_role_choice check (role in ('ADMIN', 'GUARD', 'RESIDENT')),
    constraint users_first_name_length check (char_length(first_name) <= 150),
    constraint users_last_name_length check (char_length(last_name) <= 150),
    constraint users_email_length check (char_length(email) <= 254),
    constraint users_phone_length check (char_length(phone) <= 20),
    -- A photo is the name of its two files, drawn by the worker: nothing else ever becomes a path.
    constraint users_photo_name check (photo ~ '^([0-9a-f]{32})?$'),
    constraint users_language_choice check (language in ('en', 'es')),
    constraint users_superuser_role check (not is_superuser or role = 'ADMIN')
);
comment on table garita.users is 'Accounts. date_joined on the wire is created_at.';
comment on column garita.users.site_id is 'Null only for a superuser, who works across sites.';
comment on column garita.users.token_version is
    'Epoch of the account: every access token carries it; adding one makes all earlier tokens void at once.';
comment on column garita.users.language is 'Of the pages; null for what the browser asks for.';
comment on column garita.users.name_key is
    'The name after NFKC and in lower case, so that no two names differ only in what nobody sees. A name older than this '
    'rule that equals another one has an equals sign before it, which no name may hold.';
create index users_created_idx on garita.users (site_id, created_at);
create unique index users_username_idx on garita.users (username);

create table garita.photo_counts (
    user_id bigint not null,
    site_id bigint not null,
    since timestamptz not null,
    photos integer not null,
    constraint photo_counts_pkey primary key (user_id),
    constraint photo_counts_user_fkey foreign key (user_id) references garita.users (id) on delete cascade,
    constraint photo_counts_site_fkey foreign key (site_id) references garita.sites (id) on delete cascade
) with (fillfactor = 50);
comment on table garita.photo_counts is
    'Photos that an account has sent since a moment, counted for 24 hours: decoding a photo is expensive.';
