-- Pages: a session that a browser holds by a cookie, and the language a person reads.

alter table garita.users
    add column language text,
    add constraint users_language_choice check (language in ('en', 'es'));
comment on column garita.users.language is 'Of the pages; null for what the browser asks for.';

alter table garita.sessions
    add column page_tag bytea,
    add column token_version integer,
    add constraint sessions_page_tag_unique unique (page_tag),
    add constraint sessions_page_together check ((page_tag is null) = (token_version is null));
comment on column garita.sessions.page_tag is
    'Keyed tag of the cookie of a session of pages; null for one of the API. Such a session ends 30 minutes after its '
    'last page and 12 hours after it began.';
comment on column garita.sessions.token_version is
    'Epoch of the account when the cookie was given: a session of pages ends with it.';

-- Each takes the tag of a cookie as well.
drop function if exists garita.begin_session(bigint, bytea, bytea, text, text);
drop function if exists api.open_session(bigint, bytea, bytea, bytea, text, text, text);
drop function if exists api.pass_challenge(bytea[], bigint, bytea, bytea, integer, text, text, text);
