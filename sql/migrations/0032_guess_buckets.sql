-- What can be guessed is counted in two buckets per gate, by what a text could be: typed (numbers, letters, PINs, one-time
-- codes) and read (tags). An attack on the keypad leaves cards working, and one by tags is stopped by a bucket of its own.

alter table garita.gate_throttles
    add column bucket text not null default 'typed',
    add column guessed_by bigint[] not null default '{}',
    add column exit_failures integer not null default 0,
    add column exit_failed_at timestamptz,
    add constraint gate_throttles_bucket_choice check (bucket in ('typed', 'read')),
    drop constraint gate_throttles_pkey,
    add constraint gate_throttles_pkey primary key (site_id, access_point_id, bucket);
comment on table garita.gate_throttles is
    'Wrong short codes per gate and bucket; no row means none yet. A success only reads it. Gate 0 stands for requests '
    'that name no gate.';
comment on column garita.gate_throttles.bucket is
    'typed: numbers, letters, PINs, one-time codes; read: tags. Decided by what the text could be, never by the client.';
comment on column garita.gate_throttles.guessed_by is
    'Accounts whose wrong codes are among those counted: they do not acknowledge the gate.';
comment on column garita.gate_throttles.exit_failures is
    'Wrong codes in a row that an exit looked at while the bucket was closed: each doubles the pause before the next look.';
comment on column garita.gate_throttles.exit_failed_at is 'When the latest of them was.';

alter table garita.guess_counts rename column caller to subject;
alter table garita.guess_counts rename constraint guess_counts_caller_length to guess_counts_subject_length;
alter table garita.guess_counts add column paused_until timestamptz;
comment on table garita.guess_counts is
    'Wrong short codes since a moment: of an account (u:1) or a device (d:1) for ten minutes, of all together (empty) for '
    'a day; and refusals of a known short code (t:1 temporary, p:1 permanent) for an hour.';
comment on column garita.guess_counts.paused_until is
    'Of an account or a device after too many: until then its short codes are not looked at.';

-- The lengths of tags and PINs tell what a text could be: a sealed code is 28 bytes longer than the code.
create index access_codes_length_idx on garita.access_codes (site_id, octet_length(code_sealed)) where is_active;

-- Only what can be guessed asks for the throttle, so the gate no longer brings it along.
alter type garita.gate
    drop attribute tokens, drop attribute short_off, drop attribute throttled_minute, drop attribute throttled_count;

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
