-- The access log sealed in batches (`garita seal`): whoever changes, removes or slips in a row afterwards, the owner of
-- the database too, is found out by `garita verify-log`. Sealing reads rows that are committed; no decision at a gate
-- waits for it. Ids are not in the order of commits, so what is sealed is remembered row by row.

create table garita.log_seals (
    number bigint primary key,
    made_at timestamptz not null,
    rows integer not null,
    -- Every id up to here was given out, and its transaction ended, when a seal 15 minutes younger was made.
    ids_until bigint not null,
    root bytea not null,
    chain bytea not null,
    key_version integer not null,
    signature bytea not null,
    created_at timestamptz not null default clock_timestamp(),
    constraint log_seals_number_range check (number >= 1),
    constraint log_seals_rows_range check (rows >= 1),
    constraint log_seals_lengths check (length(root) = 32 and length(chain) = 32 and length(signature) = 64)
);
comment on table garita.log_seals is
    'Batches of log rows, of all sites: the Merkle root (RFC 9162) of their leaves, chained by hash to the seal before and '
    'signed (Ed25519) with a key the database does not hold.';
comment on column garita.log_seals.chain is
    'SHA-256 over the chain of the seal before (32 zero bytes for the first), number, rows, microseconds of made_at (each '
    '8 bytes, big-endian) and root.';

create table garita.log_leaves (
    log_id bigint not null,
    log_time timestamptz not null,
    seal bigint not null,
    facts bytea not null,
    person bytea not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (log_id, log_time),
    constraint log_leaves_seal_fkey foreign key (seal) references garita.log_seals (number),
    constraint log_leaves_lengths check (length(facts) = 32 and length(person) = 32)
);
comment on table garita.log_leaves is
    'What a seal covers of each log row. Facts: SHA-256 of what never changes. Person: a keyed tag of what retention blanks '
    'one day; it outlives the names and, without the key, tells nothing of them.';
create index log_leaves_seal_idx on garita.log_leaves (seal, log_id);
