-- Who changed what. The gate's own decisions are not here: the access log is their record.

create table garita.audit (
    id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    site_id bigint,
    user_id bigint,
    request_id text not null default '',
    address text not null default '',
    table_name text not null,
    row_id bigint,
    action text not null,
    changes jsonb not null,
    constraint audit_action_choice check (action in ('INSERT', 'UPDATE', 'DELETE'))
);
comment on table garita.audit is
    'One row per changed row, written by triggers. No foreign keys: it outlives what it tells of.';
comment on column garita.audit.user_id is 'The account of the request; null for a command or a migration.';
comment on column garita.audit.changes is 'Per field [old, new]; secrets are masked, so it says that, not what.';
create index audit_time_idx on garita.audit (site_id, at, id);
create index audit_row_idx on garita.audit (table_name, row_id, at);
