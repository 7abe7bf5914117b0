-- What reports show, per day of the site: how many log rows of each hour, method and gate. Made together with the sums of
-- the log (garita.sum_log_day), so no decision at a gate writes it.

create table garita.log_days (
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
    constraint log_days_kind_choice check (kind in ('hour', 'method', 'gate'))
) with (fillfactor = 80);
comment on table garita.log_days is
    'Log rows of each day, as far as the log is summed (log_summaries): by hour of the clock, by method and by gate.';
comment on column garita.log_days.key is 'Hour 00 to 23, method, or number of the gate (0 for none).';
comment on column garita.log_days.entries is 'Let in; exits: let out.';

-- The sums are made anew with it, by `garita maintain` or by the lists themselves.
delete from garita.log_sums;
delete from garita.log_people;
delete from garita.log_people_sums;
delete from garita.log_summaries;
