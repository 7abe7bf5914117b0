-- What must reach the world outside: doors first, then integrators. A message is a row written in the transaction of the deed;
-- a process of its own hands it over (docs/outbox.md).

do $$
begin
    execute format('grant connect on database %I to garita_outbox', current_database());
end
$$;
grant usage on schema api to garita_outbox;

create table garita.doors (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    access_point_id bigint not null,
    name text not null,
    direction text not null default 'BOTH',
    driver text not null,
    is_active boolean not null default true,
    opens_itself boolean not null default true,
    open_within_seconds integer not null default 5,
    open_seconds integer not null default 5,
    held_after_seconds integer not null default 60,
    settings jsonb not null default '{}',
    secrets bytea,
    secrets_generation integer not null default 0,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint doors_site_fkey foreign key (site_id) references garita.sites (id),
    constraint doors_access_point_fkey foreign key (site_id, access_point_id) references garita.access_points (site_id, id),
    constraint doors_site_id_key unique (site_id, id),
    constraint doors_name_length check (char_length(name) between 1 and 100),
    constraint doors_direction_choice check (direction in ('BOTH', 'ENTRY', 'EXIT')),
    constraint doors_driver_choice check (driver in ('http', 'uhppote', 'mqtt', 'zkteco', 'command')),
    constraint doors_open_within_seconds_range check (open_within_seconds between 1 and 30),
    constraint doors_open_seconds_range check (open_seconds between 1 and 60),
    constraint doors_held_after_seconds_range check (held_after_seconds between 0 and 3600),
    constraint doors_settings_object check (jsonb_typeof(settings) = 'object')
);
create index doors_access_point_idx on garita.doors (access_point_id);
comment on table garita.doors is 'What opens at an access point, and how it is reached.';
comment on column garita.doors.direction is 'Granted entries, granted exits or both open it.';
comment on column garita.doors.driver is 'Which of the drivers reaches it (Sources/Domains/Doors/Declarations).';
comment on column garita.doors.opens_itself is 'A granted decision opens it; otherwise only a person does.';
comment on column garita.doors.open_within_seconds is 'An opening that was not sent so soon is never sent.';
comment on column garita.doors.open_seconds is 'For how long the device is to keep it open.';
comment on column garita.doors.held_after_seconds is 'Open for longer is an event; 0 where nobody watches.';
comment on column garita.doors.settings is 'Texts by the names that the driver declares; no secrets.';
comment on column garita.doors.secrets is 'A sealed JSON object of the secret settings; the key is outside of the database.';

create table garita.door_states (
    door_id bigint primary key,
    site_id bigint not null,
    reached_at timestamptz,
    answered_at timestamptz,
    answer text not null default '',
    trouble text not null default '',
    trouble_since timestamptz,
    contact text,
    contact_since timestamptz,
    granted_until timestamptz,
    clock_drift_seconds integer,
    details jsonb not null default '{}',
    constraint door_states_door_fkey foreign key (site_id, door_id) references garita.doors (site_id, id) on delete cascade,
    constraint door_states_contact_choice check (contact in ('open', 'closed'))
) with (fillfactor = 50);
comment on table garita.door_states is 'What is known of each door, as its device last said.';
comment on column garita.door_states.reached_at is 'When the device was heard of last.';
comment on column garita.door_states.trouble is 'What is wrong, as a word such as offline; empty when nothing is.';
comment on column garita.door_states.granted_until is 'An opening of the contact until then follows from an opening that was sent.';
comment on column garita.door_states.details is 'What else the driver knows: firmware, relay, cards wanted and found.';

create table garita.door_events (
    id bigint generated always as identity primary key,
    site_id bigint not null,
    door_id bigint not null,
    happened_at timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp(),
    kind text not null,
    source text not null default '',
    source_epoch bigint not null default 0,
    source_index bigint,
    details jsonb not null default '{}',
    constraint door_events_door_fkey foreign key (site_id, door_id) references garita.doors (site_id, id) on delete cascade,
    constraint door_events_kind_length check (char_length(kind) between 1 and 40)
);
create unique index door_events_source_key on garita.door_events (source, source_epoch, source_index, door_id) where source <> '';
create index door_events_door_idx on garita.door_events (door_id, happened_at desc);
comment on table garita.door_events is 'What happened at doors, as their devices tell it.';
comment on column garita.door_events.happened_at is 'By the device''s clock where it has one.';
comment on column garita.door_events.source is 'The device that numbers its events, and source_epoch how often its count began anew.';

create table garita.driver_memory (
    key text primary key,
    value jsonb not null,
    updated_at timestamptz not null default clock_timestamp(),
    constraint driver_memory_key_length check (char_length(key) between 1 and 200)
);
comment on table garita.driver_memory is 'What drivers must still know after a restart, such as the number of the last event read.';

create sequence garita.outbox_id_seq;
-- No CHECK and no foreign key: decisions write here, and only functions do.
create table garita.outbox (
    id bigint not null default nextval('garita.outbox_id_seq') primary key,
    site_id bigint not null,
    kind text not null,
    state text not null default 'queued',
    created_at timestamptz not null default clock_timestamp(),
    due_at timestamptz not null default clock_timestamp(),
    not_after timestamptz,
    attempts integer not null default 0,
    sent_at timestamptz,
    accepted_at timestamptz,
    confirmed_at timestamptz,
    ended_at timestamptz,
    answer text not null default '',
    door_id bigint,
    log_id bigint,
    user_id bigint,
    device_id bigint,
    reason text not null default '',
    webhook_id bigint,
    event text,
    subject text,
    sequence bigint,
    body text
) with (fillfactor = 70);
-- What has still to be done is little, however long the table is.
create index outbox_doors_due_idx on garita.outbox (due_at) where webhook_id is null and state in ('queued', 'sent');
create index outbox_log_idx on garita.outbox (log_id) where log_id is not null;
create index outbox_door_idx on garita.outbox (door_id, id desc) where door_id is not null;
comment on table garita.outbox is
    'Messages to the world outside, each written in the transaction of what it tells (docs/outbox.md). For doors: open, hold, '
    'release. For webhooks: webhook.';
comment on column garita.outbox.state is
    'queued, sent (the driver has it), accepted (the device took it), confirmed (the door was seen to obey), failed (not '
    'done), expired (never sent: too late), unknown (sent, no answer).';
comment on column garita.outbox.due_at is 'When it may be tried next; of what was sent, when its answer is given up.';
comment on column garita.outbox.not_after is 'Never sent later; null for what stays true.';
comment on column garita.outbox.body is 'The bytes that are sent, the same ones at every attempt.';

create table garita.emergencies (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    began_at timestamptz not null default clock_timestamp(),
    begun_by bigint,
    note text not null default '',
    ended_at timestamptz,
    ended_by bigint,
    constraint emergencies_site_fkey foreign key (site_id) references garita.sites (id),
    constraint emergencies_begun_by_fkey foreign key (begun_by) references garita.users (id) on delete set null,
    constraint emergencies_ended_by_fkey foreign key (ended_by) references garita.users (id) on delete set null,
    constraint emergencies_note_length check (char_length(note) <= 500)
);
create unique index emergencies_open_key on garita.emergencies (site_id) where ended_at is null;
comment on table garita.emergencies is 'While one has no end, every door of its site is to stay open.';

-- What a decision must know of the doors of its gate lies with the gate.
create type garita.gate_door as (door_id bigint, direction text, open_within_seconds integer);
alter table garita.gates add column doors garita.gate_door[];
comment on column garita.gates.doors is 'Which doors a granted decision opens; null for none.';
