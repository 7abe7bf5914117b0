-- What a decision at a gate works with: the shapes that its functions hand to each other, answers to repeated requests,
-- and the count of wrong guesses.

create type garita.gate_pass as (
    code_type text,
    access_code_id bigint,
    temporary_code_id bigint,
    row_version xid,
    is_revoked boolean,
    starts_at timestamptz,
    ends_at timestamptz,
    last_day date,
    uses_left integer,
    last_step bigint,
    schedule_id bigint,
    opens_this_point boolean,
    building_id bigint,
    unit_id bigint,
    unit_display text,
    resident_id bigint,
    visitor_id bigint,
    person_name text,
    person_document text,
    person_phone text,
    is_authorized boolean,
    move_out_date date,
    visit_status text,
    vehicle_plate text
);
comment on type garita.gate_pass is
    'A code with its person, home and limits, as garita.find_pass reads it: one shape for permanent and temporary '
    'codes, so that one set of rules judges both. A null limit refuses nothing.';

create type garita.gate as (
    site_id bigint,
    time_zone text,
    grace_before interval,
    grace_after interval,
    has_blocklist boolean,
    user_id bigint,
    device_id bigint,
    is_own_point boolean,
    is_own_direction boolean,
    point_id bigint,
    point_name text,
    building_id bigint,
    is_active boolean,
    is_this_way boolean,
    supports_qr boolean,
    supports_rfid boolean,
    supports_numeric boolean
);
comment on type garita.gate is
    'Site, caller and access point of a request. Null point_id: no gate was named, or it is not one of the site.';

create type garita.gate_verdict as (
    granted boolean,
    reasons text[],
    warnings text[],
    attention jsonb,
    person_type text,
    person_name text,
    unit text,
    code_kind text,
    code_id bigint,
    log_id bigint,
    uses_left integer,
    visitor_id bigint,
    access_point_known boolean,
    retry_after integer,
    replayed boolean
);
comment on type garita.gate_verdict is
    'The answer of a gate: what api.validate_code returns, and what a repeated request gets again.';

create type garita.guess as (
    subject text,
    shape text,
    is_one_time boolean,
    is_typed boolean,
    is_read boolean,
    looks_typed boolean,
    looks_read boolean,
    is_inside_only boolean,
    retry_after integer
);
comment on type garita.guess is
    'What garita.weigh_guess says of a text that can be guessed: who asks (u:1, d:1), what it could be (null while '
    'nothing is closed), among which kinds of codes it is looked for, whether among those of people inside alone, and '
    'after how many seconds to ask again when it is not.';

create table garita.admissions (
    caller text not null,
    request_id text not null,
    site_id bigint not null,
    fingerprint bytea not null,
    answer garita.gate_verdict not null,
    log_id bigint,
    created_at timestamptz not null,
    primary key (caller, request_id)
);
comment on table garita.admissions is
    'First answers to requests that carry an id, kept 48 h: a repeated request gets the same answer and spends no use. No '
    'index by time: the purge reads the whole table, which never holds more than two days.';
comment on column garita.admissions.caller is 'u:<account> or d:<device>.';
comment on column garita.admissions.fingerprint is 'Tag of the code, gate and direction: what the id was used for.';

-- What can be guessed is counted in two buckets per gate, by what a text could be: typed (numbers, letters, PINs, one-time
-- codes) and read (tags). An attack on the keypad leaves cards working, and one by tags is stopped by a bucket of its own.
create table garita.gate_throttles (
    site_id bigint not null default garita.current_site_id(),
    access_point_id bigint not null,
    bucket text not null default 'typed',
    tokens double precision not null,
    refilled_at timestamptz not null,
    day date not null,
    day_failures integer not null,
    short_off boolean not null default false,
    throttled_minute timestamptz,
    throttled_count integer not null default 0,
    acknowledged_at timestamptz,
    guessed_by bigint[] not null default '{}',
    exit_failures integer not null default 0,
    exit_failed_at timestamptz,
    constraint gate_throttles_pkey primary key (site_id, access_point_id, bucket),
    constraint gate_throttles_bucket_choice check (bucket in ('typed', 'read')),
    constraint gate_throttles_site_fkey foreign key (site_id) references garita.sites (id)
) with (fillfactor = 50);
comment on table garita.gate_throttles is
    'Wrong short codes per gate and bucket; no row means none yet. A success only reads it. Gate 0 stands for requests '
    'that name no gate.';
comment on column garita.gate_throttles.tokens is 'Wrong guesses left at refilled_at: ten at most, one more a minute.';
comment on column garita.gate_throttles.short_off is
    'True after a hundred wrong guesses in a day: short codes are refused here until a guard acknowledges.';
comment on column garita.gate_throttles.throttled_count is
    'Attempts refused unread in throttled_minute; only the first is logged.';
comment on column garita.gate_throttles.bucket is
    'typed: numbers, letters, PINs, one-time codes; read: tags. Decided by what the text could be, never by the client.';
comment on column garita.gate_throttles.guessed_by is
    'Accounts whose wrong codes are among those counted: they may not acknowledge the gate.';
comment on column garita.gate_throttles.exit_failures is
    'Wrong codes in a row at an exit while the bucket was closed: each doubles the pause before the next lookup.';
comment on column garita.gate_throttles.exit_failed_at is 'When the latest of them was.';

-- Wrong short codes of one caller and of a whole site, beside those of a gate: a stolen token tries many gates, a patient
-- thief tries slowly. Written by a failure only; what it leads to stands in rows that every request reads anyway.
create table garita.guess_counts (
    site_id bigint not null,
    subject text not null,
    since timestamptz not null,
    failures integer not null,
    paused_until timestamptz,
    constraint guess_counts_pkey primary key (site_id, subject),
    constraint guess_counts_site_fkey foreign key (site_id) references garita.sites (id) on delete cascade,
    constraint guess_counts_subject_length check (char_length(subject) <= 32)
) with (fillfactor = 50);
comment on table garita.guess_counts is
    'Wrong short codes since a moment: of an account (u:1) or a device (d:1) for ten minutes, of all together (empty) for '
    'a day; and refusals of a known short code (t:1 temporary, p:1 permanent) for an hour.';
comment on column garita.guess_counts.paused_until is
    'Of an account or a device after too many: until then its short codes are refused unread.';
