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
comment on column garita.second_factors.last_step is 'Greatest 30-second step that was accepted: none is good twice.';
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
    'Log-ins of which the password was right and the second factor is still to come. The token is kept nowhere: its tag '
    'needs a key that the database does not have. Good once, for five minutes and five codes.';
comment on column garita.login_challenges.token_version is 'Epoch of the account then: a new password voids it.';
create index login_challenges_user_idx on garita.login_challenges (user_id);

alter table garita.sites
    add column second_factor_roles text[] not null default '{}',
    add constraint sites_second_factor_roles_choice
        check (second_factor_roles <@ array['ADMIN', 'GUARD', 'RESIDENT'] and cardinality(second_factor_roles) <= 3);
comment on column garita.sites.second_factor_roles is
    'People of these roles need a second factor: whoever has none can only enrol one.';

-- Both get another shape.
drop function if exists garita.authenticate(bigint, integer, bigint);
drop function if exists api.open_session(bigint, bytea, bytea, text, text, text);
