-- How many log rows there are, per day of the site, without counting them: lists and statistics of a log of any age read
-- a few rows of sums and count only what is newer than the sums. The gate writes none of this: a sum is made later, from
-- rows whose transactions are known to have ended (garita.sum_log), so no decision ever waits for a counter.

create table garita.log_sums (
    site_id bigint not null,
    access_method text not null,
    status text not null,
    access_type text not null,
    access_point_id bigint not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    total bigint not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (site_id, access_method, status, access_type, access_point_id, starts_at)
) with (fillfactor = 80);
comment on table garita.log_sums is
    'Log rows since the beginning of the log, at the end of each day of the site that has any: the rows of a stretch of '
    'days are the difference of two totals. '''' and -1 stand for every word and every gate, gate 0 for none.';
comment on column garita.log_sums.starts_at is 'Midnight of the site at which the day begins.';
comment on column garita.log_sums.total is 'Of the day in hand: as far as the log is summed (log_summaries).';

create table garita.log_people (
    site_id bigint not null,
    kind text not null,
    person_id bigint not null,
    last_seen timestamptz not null,
    starts_at timestamptz not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (site_id, kind, person_id),
    constraint log_people_kind_choice check (kind in ('resident', 'visitor'))
) with (fillfactor = 70);
comment on table garita.log_people is
    'When each person of the log was seen last, as far as the log is summed. Whoever was seen since a moment was seen '
    'last since then: so different people are counted without reading the log.';
comment on column garita.log_people.starts_at is 'The day of last_seen, as in log_sums.';
create index log_people_seen_idx on garita.log_people (site_id, kind, last_seen);

create table garita.log_people_sums (
    site_id bigint not null,
    kind text not null,
    starts_at timestamptz not null,
    people bigint not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (site_id, kind, starts_at)
) with (fillfactor = 70);
comment on table garita.log_people_sums is 'How many people of log_people were seen last on a day.';

create table garita.log_summaries (
    site_id bigint primary key,
    summed_until timestamptz not null default '-infinity',
    seen_at timestamptz,
    seen_transaction xid8,
    created_at timestamptz not null default clock_timestamp(),
    constraint log_summaries_site_fkey foreign key (site_id) references garita.sites (id)
);
comment on table garita.log_summaries is
    'How far each log is summed: sums hold every row before summed_until, and none after.';
comment on column garita.log_summaries.seen_transaction is
    'The transaction that looked at seen_at: once all of lower numbers have ended, no row of before can still appear.';

-- What a resident sees is the own unit's rows, and nothing else finds those.
create index access_logs_unit_idx on garita.access_logs (unit_id, "timestamp") where unit_id is not null;
