-- Whose data it is (site), who acts (user), and since when (session).
-- Conventions of all tables: identity keys; unset text is '', unset reference or time is null; constraints are named
-- <table>_<field>_<rule>, so that the worker can turn a violation into an error of that field.

create table garita.sites (
    id bigint generated always as identity primary key,
    name text not null,
    code text not null,
    time_zone text not null default 'America/Mexico_City',
    language text not null default 'es',
    is_active boolean not null default true,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint sites_code_unique unique (code),
    constraint sites_name_length check (char_length(name) between 1 and 100),
    constraint sites_code_length check (char_length(code) between 1 and 20),
    constraint sites_time_zone_length check (char_length(time_zone) between 1 and 64),
    constraint sites_language_choice check (language in ('es', 'en'))
);
comment on table garita.sites is 'A residential community. Every other row belongs to exactly one.';
comment on column garita.sites.time_zone is 'Days begin and end here: expiry dates, move-outs, rendered times.';

-- A fresh install has one community; nothing in the API changes for it.
insert into garita.sites (name, code) values ('Residencial', 'MAIN');

create table garita.users (
    id bigint generated always as identity primary key,
    site_id bigint default garita.current_site_id(),
    username text not null,
    password_hash text not null,
    role text not null default 'GUARD',
    first_name text not null default '',
    last_name text not null default '',
    email text not null default '',
    phone text not null default '',
    photo text not null default '',
    is_active boolean not null default true,
    is_active_employee boolean not null default true,
    is_superuser boolean not null default false,
    token_version integer not null default 1,
    last_login timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint users_site_fkey foreign key (site_id) references garita.sites (id),
    constraint users_site_unique unique (site_id, id),
    constraint users_site_required check (site_id is not null or is_superuser),
    constraint users_username_unique unique (username),
    constraint users_username_length check (char_length(username) between 1 and 150),
    constraint users_username_format check (username ~ '^[[:alnum:]_.@+-]+$'),
    constraint users_password_hash_length check (char_length(password_hash) between 1 and 300),
    constraint users_role_choice check (role in ('ADMIN', 'GUARD', 'RESIDENT')),
    constraint users_first_name_length check (char_length(first_name) <= 150),
    constraint users_last_name_length check (char_length(last_name) <= 150),
    constraint users_email_length check (char_length(email) <= 254),
    constraint users_phone_length check (char_length(phone) <= 20),
    constraint users_photo_length check (char_length(photo) <= 200),
    constraint users_superuser_role check (not is_superuser or role = 'ADMIN')
);
comment on table garita.users is 'Accounts. date_joined on the wire is created_at.';
comment on column garita.users.site_id is 'Null only for a superuser, who works across sites.';
comment on column garita.users.token_version is
    'Epoch of the account: every access token names it, one more makes all earlier tokens void at once.';
create index users_created_idx on garita.users (site_id, created_at);

create table garita.sessions (
    id bigint generated always as identity primary key,
    user_id bigint not null,
    generation integer not null default 1,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    rotated_at timestamptz,
    absolute_end timestamptz not null,
    revoked_at timestamptz,
    address text not null default '',
    user_agent text not null default '',
    site_id bigint default garita.current_site_id(),
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint sessions_user_fkey foreign key (user_id) references garita.users (id) on delete cascade,
    constraint sessions_site_fkey foreign key (site_id) references garita.sites (id),
    constraint sessions_generation_range check (generation >= 1),
    constraint sessions_expires_order check (expires_at > issued_at and expires_at <= absolute_end),
    constraint sessions_address_length check (char_length(address) <= 64),
    constraint sessions_user_agent_length check (char_length(user_agent) <= 300)
) with (fillfactor = 85);
comment on table garita.sessions is
    'One log-in = one family of refresh tokens. Nothing secret: a token is rebuilt from id and generation with a key '
    'that the database does not have. site_id is that of the user, null for a superuser.';
comment on column garita.sessions.generation is 'Number of the refresh token that is good now.';
comment on column garita.sessions.expires_at is 'End of this generation when it is not used: 7 days.';
comment on column garita.sessions.absolute_end is 'End of the whole family: 30 days after log-in.';
create index sessions_user_idx on garita.sessions (user_id) where revoked_at is null;
