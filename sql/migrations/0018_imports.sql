-- What came from the original system, so that taking it over again doubles nothing and takes only what is new.

create table garita.imports (
    site_id bigint not null,
    table_name text not null,
    original_id bigint not null,
    row_id bigint not null,
    checksum bytea not null default '',
    row_updated_at timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    constraint imports_pkey primary key (site_id, table_name, original_id),
    constraint imports_site_fkey foreign key (site_id) references garita.sites (id)
);
comment on table garita.imports is
    'Which row of the original became which row here (garita import-original). Of the log only the rows whose number '
    'was in use: all others kept it. The numbers stay when a row is deleted: it does not come back by itself.';
comment on column garita.imports.checksum is
    'Of the row as it came; no code is in it, only the code''s keyed tag.';
comment on column garita.imports.row_updated_at is
    'updated_at of the row here when it was taken: another one now means that it has been changed here.';
