-- Door terminals that call by themselves (docs/doors-zkteco.md).

do $$
begin
    execute format('grant connect on database %I to garita_device', current_database());
end
$$;
grant usage on schema api to garita_device;

create table garita.terminals (
    id bigint generated always as identity primary key,
    site_id bigint not null,
    serial text not null,
    dialect text,
    pairing_until timestamptz,
    paired_at timestamptz,
    registry_code text,
    session_code text,
    token_tag bytea,
    attributes jsonb not null default '{}',
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint terminals_site_fkey foreign key (site_id) references garita.sites (id),
    constraint terminals_serial_key unique (serial),
    constraint terminals_serial_form check (serial ~ '^[A-Za-z0-9_-]{3,32}$'),
    constraint terminals_dialect_choice check (dialect in ('security', 'attendance'))
);
comment on table garita.terminals is
    'Terminals that were let in, or are waited for. Which doors are theirs, and from where they call, say the settings of doors.';
comment on column garita.terminals.pairing_until is 'Until then it may register.';
comment on column garita.terminals.registry_code is
    'What it was told at registration. Kept as it is, because it is told again, in clear, whenever the terminal connects.';
comment on column garita.terminals.token_tag is
    'SHA-256 of the token that it sent first after registration; it stays the same until the next one.';

-- A terminal asks as the device of its door's gate.
alter table garita.devices add column door_id bigint;
alter table garita.devices add constraint devices_door_key unique (door_id);
alter table garita.devices add constraint devices_door_fkey
    foreign key (site_id, door_id) references garita.doors (site_id, id) on delete set null (door_id);
comment on column garita.devices.door_id is 'The door whose terminal asks as this device; such a device signs nothing.';

create index doors_terminal_idx on garita.doors ((settings ->> 'serial')) where driver = 'zkteco';
