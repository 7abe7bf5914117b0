-- The record of every attempt. Append-only, by month, without foreign keys: history is never rewritten, so a row keeps
-- the ids and copies the names it was decided with.

create sequence garita.access_logs_id_seq;

create table garita.access_logs (
    id bigint not null default nextval('garita.access_logs_id_seq'),
    "timestamp" timestamptz not null,
    site_id bigint not null default garita.current_site_id(),
    resident_id bigint,
    visitor_id bigint,
    unit_id bigint,
    person_name text not null default '',
    person_document text not null default '',
    unit_display text not null default '',
    access_point_id bigint,
    access_point_name text not null default '',
    access_type text not null,
    access_method text not null,
    code_tag bytea,
    code_hint text not null default '',
    temporary_code_id bigint,
    access_code_id bigint,
    status text not null,
    reasons text[] not null default '{}',
    warnings text[] not null default '{}',
    vehicle_plate text not null default '',
    temperature numeric(4, 1),
    photo text not null default '',
    authorized_by bigint,
    notes text not null default '',
    request_id text not null default '',
    ip_address text not null default '',
    device_id text not null default '',
    created_at timestamptz not null default clock_timestamp(),
    constraint access_logs_pkey primary key (id, "timestamp"),
    constraint access_logs_access_type_choice check (access_type in ('ENTRY', 'EXIT')),
    constraint access_logs_access_method_choice check (access_method in (
        'QR_CODE', 'RFID', 'NUMERIC_CODE', 'ALPHANUMERIC_CODE', 'MANUAL', 'BIOMETRIC', 'OTHER')),
    constraint access_logs_status_choice check (status in ('SUCCESS', 'DENIED', 'ERROR'))
) partition by range ("timestamp");
alter sequence garita.access_logs_id_seq owned by garita.access_logs.id;
comment on table garita.access_logs is
    'One row per attempt at a gate, granted or not. No updated_at: a row never changes. Partitions are UTC months.';
comment on column garita.access_logs.reasons is 'Why it was refused, all of it, in the order of the rules.';
comment on column garita.access_logs.warnings is 'What would have refused an entry, on an exit: nobody is trapped.';
comment on column garita.access_logs.code_tag is 'Keyed tag of the code as read; the code itself is never logged.';
comment on column garita.access_logs.authorized_by is 'The account that asked for the decision.';

-- Every index is paid on every entry (measured: a lean log takes a third more entries). Ascending, because new rows
-- then land on the right-most page; newest-first lists read backward.
create index access_logs_time_idx on garita.access_logs (site_id, "timestamp", id);
create index access_logs_resident_idx on garita.access_logs (resident_id, "timestamp") where resident_id is not null;
create index access_logs_visitor_idx on garita.access_logs (visitor_id, "timestamp") where visitor_id is not null;
