-- One home's share: how many visits its residents have registered lately.

create table garita.registration_counts (
    unit_id bigint not null,
    site_id bigint not null,
    since timestamptz not null,
    visits integer not null,
    constraint registration_counts_pkey primary key (unit_id),
    constraint registration_counts_unit_fkey
        foreign key (site_id, unit_id) references garita.units (site_id, id) on delete cascade
) with (fillfactor = 50);
comment on table garita.registration_counts is
    'Visits that residents of a home registered in the 24 hours that began at a moment; no row means none yet.';
