-- The record of every attempt. Append-only, by month, without foreign keys: history is never rewritten, so a row keeps
-- the ids and copies the names it was decided with. Without CHECK constraints: one function writes it from
-- fixed words, and three of them were measured as a tenth of a whole decision.

create sequence garita.access_logs_id_seq;

create table garita.access_logs (
    id bigint not null default nextval('garita.access_logs_id_seq'),
    "timestamp" timestamptz not null,
    site_id bigint not null default garita.current_site_id(),
    resident_id bigint,
    visitor_id bigint,
    unit_id bigint,
    person_name text not null default '',
    person_document text not null default '',
    unit_display text not null default '',
    access_point_id bigint,
    access_point_name text not null default '',
    access_type text not null,
    access_method text not null,
    code_tag bytea,
    code_hint text not null default '',
    temporary_code_id bigint,
    access_code_id bigint,
    status text not null,
    reasons text[] not null default '{}',
    warnings text[] not null default '{}',
    vehicle_plate text not null default '',
    temperature numeric(4, 1),
    photo text not null default '',
    authorized_by bigint,
    notes text not null default '',
    request_id text not null default '',
    ip_address text not null default '',
    device_id text not null default '',
    created_at timestamptz not null default clock_timestamp(),
    constraint access_logs_pkey primary key (id, "timestamp")
) partition by range ("timestamp");
alter sequence garita.access_logs_id_seq owned by garita.access_logs.id;
comment on table garita.access_logs is
    'One row per attempt at a gate, granted or not. No updated_at: a row never changes. Partitions are UTC months.';
comment on column garita.access_logs.reasons is 'Why it was refused, all of it, in the order of the rules.';
comment on column garita.access_logs.warnings is
    'On an exit, the reasons that would have refused an entry: an exit is not refused for them.';
comment on column garita.access_logs.code_tag is 'Keyed tag of the code as read; the code itself is never logged.';
comment on column garita.access_logs.authorized_by is 'The account that asked for the decision.';

-- Every index costs time at every entry (measured: without them a log takes a third more entries). Ascending, because new
-- rows then land on the right-most page; newest-first lists read backward.
create index access_logs_time_idx on garita.access_logs (site_id, "timestamp", id);
create index access_logs_resident_idx on garita.access_logs (resident_id, "timestamp") where resident_id is not null;
create index access_logs_visitor_idx on garita.access_logs (visitor_id, "timestamp") where visitor_id is not null;
create index access_logs_unit_idx on garita.access_logs (unit_id, "timestamp") where unit_id is not null;
-- The last finds what a resident sees: the rows of the own unit and nothing else.

-- How many log rows there are, per day of the site, without counting them: lists and statistics of a log of any age read
-- a few rollup rows and count only what is newer. The gate writes none of this: a rollup is made later, from rows whose
-- transactions are known to have ended (garita.roll_up_log), so no decision ever waits for a counter. Words of ours are
-- compared as bytes, not by the rules of a language.

create table garita.log_rollups (
    site_id bigint not null,
    access_method text collate "C" not null,
    status text collate "C" not null,
    access_type text collate "C" not null,
    access_point_id bigint not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    total bigint not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (site_id, access_method, status, access_type, access_point_id, starts_at)
) with (fillfactor = 80);
comment on table garita.log_rollups is
    'Log rows since the beginning of the log, at the end of each day of the site that has any: the rows of a stretch of '
    'days are the difference of two totals. '''' and -1 stand for every value and every gate, gate 0 for none.';
comment on column garita.log_rollups.starts_at is 'Midnight of the site at which the day begins.';
comment on column garita.log_rollups.total is 'For the latest day: as far as the log is rolled up (log_rollup_progress).';
create index log_rollups_day_idx on garita.log_rollups (site_id, starts_at);

create table garita.log_people (
    site_id bigint not null,
    kind text collate "C" not null,
    person_id bigint not null,
    last_seen timestamptz not null,
    starts_at timestamptz not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (site_id, kind, person_id)
) with (fillfactor = 70);
comment on table garita.log_people is
    'When each person of the log was seen last, as far as the log is rolled up. Whoever was seen since a moment was seen '
    'last since then: so different people are counted without reading the log.';
comment on column garita.log_people.starts_at is 'The day of last_seen, as in log_rollups.';
-- With the kind in front of the time, the plan of an empty table took this index for the primary key, and the rollups of
-- a log of a million rows took minutes.
create index log_people_seen_idx on garita.log_people (site_id, last_seen) include (kind);

create table garita.log_people_rollups (
    site_id bigint not null,
    kind text collate "C" not null,
    starts_at timestamptz not null,
    people bigint not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (site_id, kind, starts_at)
) with (fillfactor = 70);
comment on table garita.log_people_rollups is 'How many people of log_people were seen last on a day.';

create table garita.log_day_rollups (
    site_id bigint not null,
    day date not null,
    kind text collate "C" not null,
    key text collate "C" not null,
    entries bigint not null,
    exits bigint not null,
    refused bigint not null,
    failed bigint not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (site_id, day, kind, key),
    constraint log_day_rollups_kind_choice check (kind in ('hour', 'method', 'gate'))
) with (fillfactor = 80);
comment on table garita.log_day_rollups is
    'Log rows of each day, as far as the log is rolled up (log_rollup_progress): by hour, by method and by gate.';
comment on column garita.log_day_rollups.key is 'Hour 00 to 23, method, or number of the gate (0 for none).';
comment on column garita.log_day_rollups.entries is 'Granted entries; exits: granted exits.';

create table garita.log_rollup_progress (
    site_id bigint primary key,
    rolled_up_until timestamptz not null default '-infinity',
    seen_at timestamptz,
    seen_transaction xid8,
    names_from timestamptz not null default '-infinity',
    created_at timestamptz not null default clock_timestamp(),
    constraint log_rollup_progress_site_fkey foreign key (site_id) references garita.sites (id)
);
comment on table garita.log_rollup_progress is
    'How far each log is rolled up: the rollups hold every row before rolled_up_until, and none after.';
comment on column garita.log_rollup_progress.seen_transaction is
    'The transaction that ran at seen_at: once all with lower numbers have ended, no earlier row can still appear.';
comment on column garita.log_rollup_progress.names_from is 'Log rows before this moment have been stripped of names.';

-- The access log sealed in batches (`garita seal`): `garita verify-log` detects every row that was changed, removed or
-- inserted afterwards, even by the owner of the database. Sealing reads rows that are committed; no decision at a gate
-- waits for it. Ids are not in the order of commits, so a leaf per row says what is sealed.

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
    'later; it stays when the names go and reveals nothing of them without the key.';
create index log_leaves_seal_idx on garita.log_leaves (seal, log_id);
