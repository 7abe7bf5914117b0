-- What guards see of the day: who is inside, how long visits may stay, what is said from shift to shift.

alter table garita.sites
    add column stay_minutes_guest integer not null default 1440,
    add column stay_minutes_delivery integer not null default 30,
    add column stay_minutes_service integer not null default 480,
    add column stay_minutes_contractor integer not null default 600,
    add column stay_minutes_other integer not null default 240,
    add constraint sites_stay_minutes_guest_range check (stay_minutes_guest between 1 and 43200),
    add constraint sites_stay_minutes_delivery_range check (stay_minutes_delivery between 1 and 43200),
    add constraint sites_stay_minutes_service_range check (stay_minutes_service between 1 and 43200),
    add constraint sites_stay_minutes_contractor_range check (stay_minutes_contractor between 1 and 43200),
    add constraint sites_stay_minutes_other_range check (stay_minutes_other between 1 and 43200);
comment on column garita.sites.stay_minutes_guest is
    'How long a visit of that kind usually stays: then guards are told, nothing is refused.';

-- An index of visits by status would make each entry and exit write every index of the visit anew.
create table garita.visits_inside (
    site_id bigint not null,
    visitor_id bigint not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (site_id, visitor_id)
) with (fillfactor = 70);
comment on table garita.visits_inside is
    'The visits that are CHECKED_IN, so that nobody has to look for them among all: kept by garita.keep_visits_inside.';
insert into garita.visits_inside (site_id, visitor_id)
select v.site_id, v.id from garita.visitors v where v.status = 'CHECKED_IN';

create table garita.standing_orders (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    title text not null,
    text text not null,
    access_point_id bigint,
    first_day date,
    last_day date,
    is_active boolean not null default true,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint standing_orders_site_unique unique (site_id, id),
    constraint standing_orders_access_point_fkey
        foreign key (site_id, access_point_id) references garita.access_points (site_id, id) on delete cascade,
    constraint standing_orders_title_length check (char_length(title) between 1 and 100),
    constraint standing_orders_text_length check (char_length(text) between 1 and 10000),
    constraint standing_orders_last_day_order check (last_day >= first_day)
);
comment on table garita.standing_orders is 'What the administration tells all guards; each shift acknowledges it.';
comment on column garita.standing_orders.access_point_id is 'The only gate it is about; null for all.';
create index standing_orders_point_idx on garita.standing_orders (access_point_id) where access_point_id is not null;

create table garita.standing_order_acknowledgements (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    standing_order_id bigint not null,
    shift_id bigint not null,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint standing_order_acknowledgements_order_fkey
        foreign key (site_id, standing_order_id) references garita.standing_orders (site_id, id) on delete cascade,
    constraint standing_order_acknowledgements_shift_fkey
        foreign key (site_id, shift_id) references garita.shifts (site_id, id) on delete cascade,
    constraint standing_order_acknowledgements_unique unique (shift_id, standing_order_id)
);
comment on table garita.standing_order_acknowledgements is
    'Which shift has read which standing order, and when (created_at). An order that changes is read again.';
create index standing_order_acknowledgements_order_idx on garita.standing_order_acknowledgements (standing_order_id);

create table garita.shift_notes (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    shift_id bigint not null,
    text text not null,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint shift_notes_shift_fkey
        foreign key (site_id, shift_id) references garita.shifts (site_id, id) on delete cascade,
    constraint shift_notes_text_length check (char_length(text) between 1 and 2000)
);
comment on table garita.shift_notes is
    'What a guard writes down in a shift. Nobody changes a note: whoever was wrong writes another one.';
create index shift_notes_shift_idx on garita.shift_notes (shift_id, created_at);

alter table garita.shifts
    add column visits_inside integer,
    add column people_inside integer,
    add column visits_waiting integer;
comment on column garita.shifts.visits_inside is 'Visits that were inside when the shift ended; null while it lasts.';
comment on column garita.shifts.people_inside is 'The visitors of those visits and who came along.';
comment on column garita.shifts.visits_waiting is 'Visits that waited for an answer when the shift ended.';
