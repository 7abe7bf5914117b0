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
    'At most one link for each account; a newer one replaces it, a new password takes it away. The token itself is kept '
    'nowhere: its tag needs a key that the database does not have.';
