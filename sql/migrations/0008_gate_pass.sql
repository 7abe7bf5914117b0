-- What the gate knows about a code that was shown: one shape for permanent and temporary codes, so that one set of
-- rules judges both. A field that does not apply is null, and a rule about null refuses nothing.

create type garita.gate_pass as (
    code_kind text,
    access_code_id bigint,
    temporary_code_id bigint,
    code_hint text,
    is_revoked boolean,
    starts_at timestamptz,
    ends_at timestamptz,
    last_day date,
    uses_left integer,
    opens_this_point boolean,
    building_id bigint,
    unit_id bigint,
    unit_display text,
    resident_id bigint,
    visitor_id bigint,
    person_name text,
    person_document text,
    is_authorized boolean,
    move_out_date date,
    visit_status text,
    vehicle_plate text
);
comment on type garita.gate_pass is 'A code with its person, home and limits, as garita.find_pass reads it.';
