-- What homes keep: vehicles, which a guard looks up by the plate, and cards of their visits.

create table garita.vehicles (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    unit_id bigint not null,
    resident_id bigint,
    plate text not null,
    description text not null default '',
    is_active boolean not null default true,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint vehicles_site_unique unique (site_id, id),
    constraint vehicles_unit_fkey foreign key (site_id, unit_id) references garita.units (site_id, id),
    constraint vehicles_resident_fkey foreign key (site_id, resident_id) references garita.residents (site_id, id),
    constraint vehicles_plate_length check (char_length(plate) between 1 and 20),
    constraint vehicles_plate_format check (plate ~ '[A-Za-z0-9]'),
    constraint vehicles_description_length check (char_length(description) <= 200)
);
comment on table garita.vehicles is 'Vehicles of homes, with the plate that a guard reads.';
comment on column garita.vehicles.resident_id is 'Whose it is; null for the home.';
comment on column garita.vehicles.is_active is 'Whether the home still has it.';
create index vehicles_unit_idx on garita.vehicles (unit_id);
create index vehicles_resident_idx on garita.vehicles (resident_id) where resident_id is not null;
-- As plates of visitors are searched for (visitors_plate_idx): a plate belongs to one vehicle, however it is written.
create unique index vehicles_plate_unique on garita.vehicles (
    site_id, regexp_replace(garita.fold(plate), '[^a-z0-9]', '', 'g')) where is_active;

comment on table garita.guess_counts is
    'Wrong short codes since a moment: of an account (u:1) or a device (d:1) for ten minutes, of all together (empty) for '
    'a day; refusals of a known short code (t:1 temporary, p:1 permanent) for an hour; numbers of cards that a home gave (c:1, '
    'its unit) for a day.';
