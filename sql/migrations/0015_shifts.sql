-- Who watches which gate, from when until when.

create table garita.shifts (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    user_id bigint not null,
    access_point_id bigint not null,
    opened_at timestamptz not null default clock_timestamp(),
    closed_at timestamptz,
    relieved_by bigint,
    handover text not null default '',
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint shifts_site_unique unique (site_id, id),
    -- Without site_id: a superuser belongs to no site.
    constraint shifts_user_fkey foreign key (user_id) references garita.users (id) on delete cascade,
    constraint shifts_relieved_by_fkey foreign key (relieved_by) references garita.users (id) on delete set null,
    constraint shifts_access_point_fkey
        foreign key (site_id, access_point_id) references garita.access_points (site_id, id) on delete cascade,
    constraint shifts_closed_at_order check (closed_at >= opened_at),
    constraint shifts_handover_length check (char_length(handover) <= 10000)
);
comment on table garita.shifts is 'Shifts of guards at gates: the console works in the open one of its guard.';
comment on column garita.shifts.relieved_by is 'Who took over; null when the guard ended the shift.';
comment on column garita.shifts.handover is 'What the guard leaves to the next one in words.';
-- One guard watches one gate at a time in a community; two guards may watch the same gate.
create unique index shifts_open_unique on garita.shifts (site_id, user_id) where closed_at is null;
create index shifts_point_idx on garita.shifts (access_point_id, opened_at);
create index shifts_user_idx on garita.shifts (user_id);
create index shifts_relieved_by_idx on garita.shifts (relieved_by) where relieved_by is not null;
