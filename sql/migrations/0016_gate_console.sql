-- What the console of guards needs: corrections of the log, which itself never changes, and a way to find people fast.

create table garita.log_corrections (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    log_id bigint not null,
    log_time timestamptz not null,
    kind text not null,
    reason text not null,
    user_id bigint,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint log_corrections_site_fkey foreign key (site_id) references garita.sites (id),
    -- Without site_id: a superuser belongs to no site.
    constraint log_corrections_user_fkey foreign key (user_id) references garita.users (id) on delete set null,
    constraint log_corrections_kind_choice check (kind in ('did_not_pass', 'wrong_person', 'other')),
    constraint log_corrections_reason_length check (char_length(reason) <= 1000)
);
comment on table garita.log_corrections is
    'What guards found wrong with rows of the log, which stay as they are. Without a foreign key, as the log itself.';
comment on column garita.log_corrections.log_time is 'The moment of the row: which part of the log it is in.';
comment on column garita.log_corrections.reason is 'In words; blank once the names of the log row are erased.';
create index log_corrections_log_idx on garita.log_corrections (log_id);
create index log_corrections_time_idx on garita.log_corrections (site_id, log_time);
create index log_corrections_user_idx on garita.log_corrections (user_id) where user_id is not null;

-- A guard finds a resident by the phone, whatever stands between its digits.
create index residents_phone_idx on garita.residents
    using gin (regexp_replace(phone, '[^0-9]', '', 'g') garita.gin_trgm_ops) where phone <> '';
