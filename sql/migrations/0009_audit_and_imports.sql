-- Who changed what, and which rows were imported. The gate's own decisions are not in the audit: the
-- access log is their record.

create table garita.audit (
    id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    site_id bigint,
    user_id bigint,
    request_id text not null default '',
    address text not null default '',
    actor text not null default '',
    table_name text not null,
    row_id bigint,
    action text not null,
    changes jsonb not null,
    constraint audit_action_choice check (action in (
        'INSERT', 'UPDATE', 'DELETE', 'REVEAL', 'LOGIN_FAILED', 'REFUSED', 'EXPORT', 'ALARM', 'ERASE', 'IMPORT', 'UNDO'))
);
comment on table garita.audit is
    'One row per changed row, written by triggers. No foreign keys: an entry stays when its row is deleted.';
comment on column garita.audit.user_id is 'The account of the request; null for a command or a migration.';
comment on column garita.audit.changes is
    'Per field [old, new]; secrets are masked, so an entry tells that one changed, not how.';
comment on column garita.audit.actor is 'Name of the account at that time, or the operator of a command.';
create index audit_time_idx on garita.audit (site_id, at, id);
create index audit_row_idx on garita.audit (table_name, row_id, at);
-- What the audit still knows of visits and people that were deleted, until retention blanks it.
create index audit_deleted_visits_idx on garita.audit (site_id, at)
    where table_name = 'visitors' and action = 'DELETE' and changes -> 'first_name' <> '["***", "***"]'::jsonb;
create index audit_deleted_people_idx on garita.audit (site_id, at)
    where table_name in ('residents', 'users') and action = 'DELETE' and changes -> 'first_name' <> '["***", "***"]'::jsonb;

-- What came from the legacy system, so that importing it again duplicates nothing and takes only what is new.
create table garita.legacy_imports (
    site_id bigint not null,
    table_name text not null,
    legacy_id bigint not null,
    row_id bigint not null,
    checksum bytea not null default '',
    row_updated_at timestamptz,
    photo text not null default '',
    created_at timestamptz not null default clock_timestamp(),
    constraint legacy_imports_pkey primary key (site_id, table_name, legacy_id),
    constraint legacy_imports_site_fkey foreign key (site_id) references garita.sites (id)
);
comment on table garita.legacy_imports is
    'Which row of the legacy system became which row here (garita import-original). Of the log only the rows whose number '
    'was in use: all others kept it. An entry stays when its row is deleted here, so that the row is not imported again.';
comment on column garita.legacy_imports.checksum is
    'Of the row as it came; no code is in it, only the code''s keyed tag.';
comment on column garita.legacy_imports.row_updated_at is
    'updated_at of the row here when it was taken: another value means that it was changed here since.';
comment on column garita.legacy_imports.photo is 'The photo file of the legacy system that was imported; empty: none yet.';

-- Files of rows that administrators import: checked first, then imported, and perhaps undone.
create table garita.csv_imports (
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
    rows_undone integer not null default 0,
    rows_left integer not null default 0,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint csv_imports_site_fkey foreign key (site_id) references garita.sites (id),
    constraint csv_imports_user_fkey foreign key (user_id) references garita.users (id) on delete set null,
    constraint csv_imports_table_name_length check (char_length(table_name) between 1 and 63),
    constraint csv_imports_file_name_length check (char_length(file_name) <= 200),
    constraint csv_imports_rows_range check (
        rows_new >= 0 and rows_changed >= 0 and rows_same >= 0 and rows_wrong >= 0 and rows_undone >= 0
        and rows_left >= 0),
    constraint csv_imports_content_gone check (imported_at is null or content is null),
    constraint csv_imports_undone_after check (undone_at is null or imported_at is not null)
);
comment on table garita.csv_imports is
    'Files of rows that administrators import. Until it is imported only its owner sees a file, for an hour '
    '(garita.purge_csv_imports); afterwards the record stays, without the content, so that the import can be undone.';
comment on column garita.csv_imports.content is
    'The text of the file, sealed with keys outside the database: there may be codes in it. Null once imported.';
comment on column garita.csv_imports.report is 'The expected outcome of each row, or what could not be undone; sealed.';
comment on column garita.csv_imports.request_id is 'Request id of the import: the audit entries that carry it are its rows.';
create index csv_imports_site_idx on garita.csv_imports (site_id, id);
create index csv_imports_user_idx on garita.csv_imports (user_id);
