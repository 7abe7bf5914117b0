-- What a decision at a gate reads: one row for the code with everything that is judged, and one for the gate. Both are
-- copies, kept by triggers in the transaction that changes an original; `garita check` compares them with the originals.
-- A decision of before read eleven relations, of which each costs PostgreSQL about as much as the work on its row.

create table garita.credentials (
    code_kind text collate "C" not null,
    code_id bigint not null,
    site_id bigint not null,
    code_tag bytea,
    code_type text not null,
    access_method text not null,
    reader integer not null,
    is_plain boolean not null,
    is_revoked boolean not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    last_day date,
    max_uses integer,
    schedule_id bigint,
    point_ids bigint[],
    building_id bigint not null,
    unit_id bigint not null,
    unit_display text not null,
    resident_id bigint,
    visitor_id bigint,
    visit_status text,
    person_name text not null,
    person_document text not null,
    person_phone text not null,
    vehicle_plate text not null,
    is_authorized boolean,
    move_out_date date,
    version integer not null default 0,
    times_used integer not null default 0,
    last_used_at timestamptz,
    last_step bigint,
    constraint credentials_pkey primary key (code_kind, code_id),
    constraint credentials_code_unique unique (site_id, code_tag)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
comment on table garita.credentials is
    'One row per code: what a gate judges and nothing else. Copies (garita.fresh_credentials), but for the last four columns. '
    'Without CHECK constraints, and no index speaks of what a use writes, so that a use stays a heap-only update.';
comment on column garita.credentials.code_kind is
    'permanent: an access code of a resident; temporary: a pass of a visitor. With code_id it names the original.';
comment on column garita.credentials.code_tag is
    'Null for a code that opens nothing any more because its number belongs to another one.';
comment on column garita.credentials.access_method is 'What the log says of how it is read.';
comment on column garita.credentials.reader is 'What reads it: 1 for pictures, 2 for cards, 4 for what is typed, 8 for anything else.';
comment on column garita.credentials.is_plain is
    'That nothing but its window, uses and gates can speak against it: not ended, no approval missing, no last day, no '
    'schedule, no one-time code. What garita.opens need not look at.';
comment on column garita.credentials.ends_at is 'Exclusive; infinity for permanent codes, whose last_day is inclusive and the site''s.';
comment on column garita.credentials.point_ids is 'The only gates it opens; null for every gate.';
comment on column garita.credentials.is_authorized is
    'The resident, or everybody on whose right the pass rests; null where that is nobody.';
comment on column garita.credentials.move_out_date is
    'First day on which the resident, or one of those behind the pass, lives there no more.';
comment on column garita.credentials.version is
    'Grows with every change: a use is spent only of the version that was judged.';
comment on column garita.credentials.times_used is 'Entries. The only place that counts them, and never more than max_uses.';
comment on column garita.credentials.last_step is
    'Of a one-time code: the last 30 s step that opened a gate. That step, and any before it, opens none again.';

create table garita.gates (
    site_id bigint not null,
    point_id bigint not null,
    point_name text not null,
    building_id bigint,
    is_plain boolean not null,
    is_active boolean not null,
    directions text[] not null,
    readers integer not null,
    time_zone text not null,
    grace_before interval not null,
    grace_after interval not null,
    has_blocklist boolean not null,
    log_until timestamptz not null,
    guesses_until timestamptz not null,
    constraint gates_pkey primary key (site_id, point_id)
) with (fillfactor = 50);
comment on table garita.gates is
    'One row per access point of an active site, and one of number 0 for questions that name none: what a decision must know '
    'of it and of its site. Copies (garita.fresh_gates).';
comment on column garita.gates.is_plain is 'Active, and no block list to look into.';
comment on column garita.gates.directions is 'ENTRY, EXIT, both or none.';
comment on column garita.gates.readers is 'What it can read, added up: garita.credentials.reader.';
comment on column garita.gates.log_until is 'From now until then the log has its tables; later a decision makes one.';
comment on column garita.gates.guesses_until is
    'Until when a bucket of its wrong guesses is empty (garita.gate_throttles), or a caller of the site may guess no more '
    '(garita.guess_counts): before it a short code is weighed (garita.weigh_guess), later there is nothing to weigh.';

-- Whom nobody but the household answers for: a resident who comes or goes changes these and no other visit of the home.
create index visitors_household_idx on garita.visitors (unit_id) where resident_id is null and sponsor_id is null;

-- From here on the counters live in garita.credentials, and a code that is used up stays active: the number says it.
insert into garita.credentials (
    code_kind, code_id, site_id, code_type, access_method, reader, is_plain, is_revoked, starts_at, ends_at, building_id, unit_id, unit_display, person_name, person_document,
    person_phone, vehicle_plate, times_used, last_used_at, last_step)
select 'temporary', t.id, t.site_id, t.code_type, '', 0, false, true, t.valid_from, t.valid_until, 0, v.unit_id, '', '', '', '', '', t.times_used, t.last_used_at,
    t.last_step
from garita.temporary_codes t join garita.visitors v on v.id = t.visitor_id;
alter table garita.temporary_codes disable trigger user;
update garita.temporary_codes t set is_active = true
where not t.is_active and t.revoked_at is null and t.times_used >= t.max_uses;
alter table garita.temporary_codes enable trigger user;
alter table garita.temporary_codes
    drop constraint temporary_codes_times_used_range,
    drop column times_used,
    drop column last_used_at,
    drop column last_step;
comment on column garita.temporary_codes.is_active is 'False once somebody has ended it. A code that is used up is active.';
comment on table garita.temporary_codes is
    'Codes of visitors. The code itself is nowhere: a keyed tag finds it, a sealed copy shows it, both made and opened '
    'with keys outside the database. How often it was used is in garita.credentials.';

-- The shapes of what was read from many tables: garita.credentials and garita.gates are that now. The functions that go with it are
-- loaded anew after the migrations.
drop type garita.gate_pass cascade;
drop type garita.gate cascade;

create type garita.judgement as (
    pass garita.credentials,
    reasons text[],
    warnings text[],
    attention jsonb,
    guess garita.guess,
    step bigint,
    retry_after integer,
    notes text
);
comment on type garita.judgement is
    'What garita.judge says of a code at a gate. step: of a one-time code the step that it counts as; retry_after: seconds, of a '
    'text that was not looked up.';

create type garita.device_gate as (gate garita.gates, is_own_point boolean, is_own_direction boolean);
comment on type garita.device_gate is 'A gate as a device meets it, and whether gate and direction are its own.';
