-- What the columns of files are that administrators import, where neither the names of fields nor usual words tell.
create table garita.csv_columns (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    table_name text not null,
    heading text not null,
    field text not null,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint csv_columns_site_fkey foreign key (site_id) references garita.sites (id) on delete cascade,
    constraint csv_columns_heading_unique unique (site_id, table_name, heading),
    constraint csv_columns_table_name_length check (char_length(table_name) between 1 and 63),
    constraint csv_columns_heading_length check (char_length(heading) between 1 and 110),
    constraint csv_columns_field_length check (char_length(field) <= 63)
);
comment on table garita.csv_columns is
    'Which field of a table a column of an imported file is, as administrators of the site have said; asked for once.';
comment on column garita.csv_columns.heading is
    'What counts of the name of the column: letters and digits in lower case without accents; of a second column of that '
    'name also its number.';
comment on column garita.csv_columns.field is 'The name of the field; empty for a column that is not imported.';
