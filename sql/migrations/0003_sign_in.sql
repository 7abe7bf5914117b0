-- Sessions, and what stands between a name and a session: throttles, one-time links, second factors, challenges.

create table garita.sessions (
    id bigint generated always as identity primary key,
    user_id bigint not null,
    generation integer not null default 1,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    rotated_at timestamptz,
    absolute_end timestamptz not null,
    revoked_at timestamptz,
    page_tag bytea,
    token_version integer,
    address text not null default '',
    user_agent text not null default '',
    site_id bigint default garita.current_site_id(),
    chosen_site_id bigint,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint sessions_user_fkey foreign key (user_id) references garita.users (id) on delete cascade,
    constraint sessions_site_fkey foreign key (site_id) references garita.sites (id),
    constraint sessions_chosen_site_fkey foreign key (chosen_site_id) references garita.sites (id),
    constraint sessions_page_tag_unique unique (page_tag),
    constraint sessions_page_together check ((page_tag is null) = (token_version is null)),
    constraint sessions_generation_range check (generation >= 1),
    constraint sessions_expires_order check (expires_at > issued_at and expires_at <= absolute_end),
    constraint sessions_address_length check (char_length(address) <= 64),
    constraint sessions_user_agent_length check (char_length(user_agent) <= 300)
) with (fillfactor = 85);
comment on table garita.sessions is
    'One log-in = one family of refresh tokens. Nothing secret: a token is rebuilt from id and generation with a key '
    'that the database does not have. site_id is that of the user, null for a superuser.';
comment on column garita.sessions.generation is 'Number of the refresh token that is valid now.';
comment on column garita.sessions.expires_at is 'End of this generation when it is not used: 7 days.';
comment on column garita.sessions.absolute_end is 'End of the whole family: 30 days after log-in.';
comment on column garita.sessions.chosen_site_id is
    'Where a superuser works in this session. Not site_id: an administrator of that site sees no session of a superuser.';
comment on column garita.sessions.page_tag is
    'Keyed tag of the cookie of a session of pages; null for one of the API. Such a session ends 30 minutes after its '
    'last page and 12 hours after it began.';
comment on column garita.sessions.token_version is
    'Epoch of the account when the cookie was given: a session of pages ends with it.';
create index sessions_user_idx on garita.sessions (user_id) where revoked_at is null;

-- Log-in is throttled per account: five tries are free, then 1, 2, 4 … 900 seconds pass between tries, and after a
-- hundred in a row the password opens nothing until an operator unlocks it or a new one is set.
create table garita.login_throttles (
    name_tag bytea not null,
    device_tag bytea not null default '',
    site_id bigint,
    user_id bigint,
    failures integer not null,
    tried_at timestamptz not null,
    constraint login_throttles_pkey primary key (name_tag, device_tag),
    constraint login_throttles_site_fkey foreign key (site_id) references garita.sites (id) on delete cascade,
    constraint login_throttles_user_fkey foreign key (user_id) references garita.users (id) on delete cascade,
    constraint login_throttles_failures_range check (failures >= 0)
) with (fillfactor = 85);
comment on table garita.login_throttles is
    'Log-in attempts since the last that succeeded. A name is stored as a keyed tag only: people type passwords there.';
comment on column garita.login_throttles.device_tag is
    'A device that has logged in as this account before counts for itself, so that a stranger cannot lock it out; empty '
    'for all others together.';
comment on column garita.login_throttles.user_id is 'Null for a name without an account, which is throttled like any other.';
create index login_throttles_user_idx on garita.login_throttles (user_id);

-- One-time links with which a person sets a password: the first administrator's, a new account's, a forgotten one's.
create table garita.password_links (
    id bigint generated always as identity primary key,
    site_id bigint,
    user_id bigint not null,
    token_tag bytea not null,
    expires_at timestamptz not null default clock_timestamp() + interval '24 hours',
    created_at timestamptz not null default clock_timestamp(),
    constraint password_links_site_fkey foreign key (site_id) references garita.sites (id) on delete cascade,
    constraint password_links_user_fkey foreign key (user_id) references garita.users (id) on delete cascade,
    constraint password_links_user_unique unique (user_id),
    constraint password_links_tag_unique unique (token_tag)
);
comment on table garita.password_links is
    'At most one link for each account; a newer one replaces it, a new password deletes it. The token itself is not '
    'stored: its tag needs a key that the database does not have.';

-- The second factor of a log-in: six digits of an authenticator (TOTP, RFC 6238), or one of ten recovery codes.
create table garita.second_factors (
    user_id bigint not null,
    site_id bigint,
    secret_sealed bytea not null,
    key_version smallint not null,
    recovery_tags bytea[] not null default '{}',
    confirmed_at timestamptz,
    last_step bigint not null default 0,
    failures integer not null default 0,
    tried_at timestamptz not null default clock_timestamp(),
    created_at timestamptz not null default clock_timestamp(),
    constraint second_factors_pkey primary key (user_id),
    constraint second_factors_user_fkey foreign key (user_id) references garita.users (id) on delete cascade,
    constraint second_factors_site_fkey foreign key (site_id) references garita.sites (id) on delete cascade,
    constraint second_factors_failures_range check (failures >= 0),
    constraint second_factors_recovery_tags_length check (cardinality(recovery_tags) <= 10)
) with (fillfactor = 85);
comment on table garita.second_factors is
    'What an account shares with an authenticator, sealed with a key that the database does not have. It counts from '
    'the moment it was confirmed with a first code.';
comment on column garita.second_factors.recovery_tags is
    'Tags of the recovery codes not yet used, made with a key that follows from the sealed secret.';
comment on column garita.second_factors.last_step is 'Greatest 30-second step that was accepted: no step is accepted twice.';
comment on column garita.second_factors.failures is 'Codes tried since the last good one.';
create index second_factors_site_idx on garita.second_factors (site_id);

create table garita.login_challenges (
    id bigint generated always as identity primary key,
    site_id bigint,
    user_id bigint not null,
    token_tag bytea not null,
    token_version integer not null,
    name_tag bytea not null,
    device_tag bytea not null,
    failures integer not null default 0,
    expires_at timestamptz not null default clock_timestamp() + interval '5 minutes',
    created_at timestamptz not null default clock_timestamp(),
    constraint login_challenges_site_fkey foreign key (site_id) references garita.sites (id) on delete cascade,
    constraint login_challenges_user_fkey foreign key (user_id) references garita.users (id) on delete cascade,
    constraint login_challenges_tag_unique unique (token_tag),
    constraint login_challenges_failures_range check (failures between 0 and 5)
);
comment on table garita.login_challenges is
    'Log-ins whose password was right and whose second factor is missing. The token is not stored: its tag needs a key '
    'that the database does not have. Valid once, for five minutes and five codes.';
comment on column garita.login_challenges.token_version is 'Epoch of the account then: a new password voids it.';
create index login_challenges_user_idx on garita.login_challenges (user_id);

-- What a repeated request to make something gets again. The gate keeps answers of its own (garita.admissions).
create table garita.answers (
    user_id bigint not null references garita.users on delete cascade,
    request_key text not null,
    site_id bigint not null,
    fingerprint bytea not null,
    status smallint not null,
    body_sealed bytea not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (user_id, request_key)
);
comment on table garita.answers is
    'First answers to requests that carried an Idempotency-Key, kept 48 h: the same request gets the same answer, and '
    'nothing is created twice. No index by time: the purge reads the whole table, which never holds more than two days.';
comment on column garita.answers.fingerprint is 'Keyed tag of method, path and form: what the key was used for.';
comment on column garita.answers.body_sealed is
    'The answer as it was sent, sealed with keys outside the database: there may be a code in it.';
