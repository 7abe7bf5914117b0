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
    'nothing is made twice. No index by time: the purge reads the whole table, which never holds more than two days.';
comment on column garita.answers.fingerprint is 'Keyed tag of method, path and form: what the key was used for.';
comment on column garita.answers.body_sealed is 'The answer as it was sent, a code in it included; only the keys open it.';
