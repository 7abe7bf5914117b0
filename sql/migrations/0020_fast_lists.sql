-- Lists and statistics that stay fast at any size.

-- How many visits and passes a site has, without counting them at every page of a list.

create table garita.row_counts (
    site_id bigint not null,
    table_name text not null,
    shard integer not null,
    total bigint not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (site_id, table_name, shard)
) with (fillfactor = 50);
comment on table garita.row_counts is
    'How many rows of a large table each site has: the sum of the shards. Kept by triggers in the same transaction, so '
    'whoever sees a row sees it counted.';
comment on column garita.row_counts.shard is
    'The connection that wrote (garita.count_rows): two that write at once do not wait for each other.';

insert into garita.row_counts (site_id, table_name, shard, total)
select site_id, 'visitors', 0, count(*) from garita.visitors group by site_id
union all
select site_id, 'temporary_codes', 0, count(*) from garita.temporary_codes group by site_id;

-- The sums are made anew, by `garita maintain` or by the lists themselves: from now on each day holds a total of every
-- kind of row ever seen, so that one look reads all of a day.
delete from garita.log_sums;
delete from garita.log_people;
delete from garita.log_people_sums;
delete from garita.log_summaries;

-- Words of ours: compared as bytes, not by the rules of a language.
alter table garita.log_sums
    alter column access_method type text collate "C",
    alter column status type text collate "C",
    alter column access_type type text collate "C";
alter table garita.log_people
    drop constraint log_people_kind_choice,
    alter column kind type text collate "C";
alter table garita.log_people_sums alter column kind type text collate "C";
create index log_sums_day_idx on garita.log_sums (site_id, starts_at);

-- Found by site and person, or by site and time: with the kind in front of the time, the plan of an empty table took
-- this one for the other, and the sums of a log of a million rows took minutes.
drop index garita.log_people_seen_idx;
create index log_people_seen_idx on garita.log_people (site_id, last_seen) include (kind);
