-- A picture costs as much computing as some hundred other requests: each account has its share of a day.

create table garita.photo_counts (
    user_id bigint not null,
    site_id bigint not null,
    since timestamptz not null,
    photos integer not null,
    constraint photo_counts_pkey primary key (user_id),
    constraint photo_counts_user_fkey foreign key (user_id) references garita.users (id) on delete cascade,
    constraint photo_counts_site_fkey foreign key (site_id) references garita.sites (id) on delete cascade
) with (fillfactor = 50);
comment on table garita.photo_counts is 'Pictures that an account has sent since a moment, for a day.';
