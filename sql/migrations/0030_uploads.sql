-- Files of rows that administrators bring in: looked at first, then imported, and perhaps taken back.

create table garita.uploads (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    user_id bigint,
    actor text not null default '',
    table_name text not null,
    file_name text not null default '',
    content bytea,
    report bytea,
    rows_new integer not null default 0,
    rows_changed integer not null default 0,
    rows_same integer not null default 0,
    rows_wrong integer not null default 0,
    request_id text not null default '',
    imported_at timestamptz,
    undone_at timestamptz,
    undone_by text not null default '',
    rows_taken_back integer not null default 0,
    rows_left integer not null default 0,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint uploads_site_fkey foreign key (site_id) references garita.sites (id),
    constraint uploads_user_fkey foreign key (user_id) references garita.users (id) on delete set null,
    constraint uploads_table_name_length check (char_length(table_name) between 1 and 63),
    constraint uploads_file_name_length check (char_length(file_name) <= 200),
    constraint uploads_rows_range check (
        rows_new >= 0 and rows_changed >= 0 and rows_same >= 0 and rows_wrong >= 0 and rows_taken_back >= 0
        and rows_left >= 0),
    constraint uploads_content_gone check (imported_at is null or content is null),
    constraint uploads_undone_after check (undone_at is null or imported_at is not null)
);
comment on table garita.uploads is
    'Files of rows that administrators bring in. Until it is imported only its owner sees it, for an hour '
    '(garita.purge_uploads); what was imported stays as a record that can be taken back, without what was in the file.';
comment on column garita.uploads.content is
    'The text of the file, sealed by keys outside of the database: there may be codes in it. Null once imported.';
comment on column garita.uploads.report is 'What would become of each row, or what could not be taken back; sealed.';
comment on column garita.uploads.request_id is 'Of the import: the entries of the audit with it are its rows.';
create index uploads_site_idx on garita.uploads (site_id, id);
create index uploads_user_idx on garita.uploads (user_id);

-- What an administrator does with them is written down as one entry, beside the entries of the rows.
alter table garita.audit
    drop constraint audit_action_choice,
    add constraint audit_action_choice check (action in (
        'INSERT', 'UPDATE', 'DELETE', 'REVEAL', 'LOGIN_FAILED', 'REFUSED', 'EXPORT', 'ALARM', 'ERASE', 'IMPORT',
        'UNDO'));
