-- The plain schema of the Go service of its own (own.go): what somebody writes who needs gates, people, codes, a log and
-- nothing else. Codes are kept as they are; no sites, roles, sessions, schedules, block list, throttles or repeated
-- requests. As many rows, and the same codes and gates, as Garita's data set (dataset.py).
-- Variables: temporary, permanent, gates, first_gate, log_rows.

\set ON_ERROR_STOP on
begin;

create table gates (
    id bigint primary key,
    name text not null unique,
    opens_for_entry boolean not null default true,
    opens_for_exit boolean not null default true,
    is_active boolean not null default true
);

create table residents (
    id bigint primary key,
    full_name text not null,
    unit text not null
);

create table visitors (
    id bigint primary key,
    full_name text not null,
    unit text not null
);

-- Cards of residents. Without gates they open all.
create table cards (
    id bigint primary key,
    resident_id bigint not null references residents,
    code text not null unique,
    is_active boolean not null default true,
    expires_at timestamptz,
    gates bigint[]
);

-- Codes of visitors. A use changes no indexed column and finds room on its page: a heap-only update.
create table passes (
    id bigint primary key,
    visitor_id bigint not null references visitors,
    code text not null unique,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    max_uses integer not null,
    times_used integer not null default 0,
    is_active boolean not null default true,
    gates bigint[]
) with (fillfactor = 70);

create table log (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    gate_id bigint not null,
    direction text not null,
    is_granted boolean not null,
    reason text,
    code text not null,
    card_id bigint,
    pass_id bigint,
    resident_id bigint,
    visitor_id bigint,
    person_name text,
    user_id bigint
);

-- Looks a card up, else spends one use of a pass: one statement judges and spends, so that no use is spent twice. Why a
-- pass does not open is looked up only when it does not.
create function decide(
    p_code text, p_gate bigint, p_direction text, p_user bigint, out granted boolean, out reason text,
    out person_type text, out person_name text, out unit text, out uses_left integer, out log_id bigint)
language plpgsql as $$
declare
    v_gate record;
    v_card record;
    v_pass record;
    v_card_id bigint;
    v_pass_id bigint;
    v_resident_id bigint;
    v_visitor_id bigint;
begin
    select g.is_active and case p_direction when 'ENTRY' then g.opens_for_entry else g.opens_for_exit end as opens
    into v_gate from gates g where g.id = p_gate;
    if not found then
        granted := false;
        reason := 'unknown_gate';
        return;
    end if;

    select c.id, c.resident_id, c.is_active, c.expires_at, c.gates, r.full_name, r.unit into v_card
    from cards c join residents r on r.id = c.resident_id where c.code = p_code;
    if found then
        person_type := 'resident';
        v_card_id := v_card.id;
        v_resident_id := v_card.resident_id;
        person_name := v_card.full_name;
        unit := v_card.unit;
        reason := case
            when not v_gate.opens then 'gate_closed'
            when not v_card.is_active then 'revoked'
            when now() >= v_card.expires_at then 'expired'
            when not p_gate = any (v_card.gates) then 'wrong_gate'
        end;
    else
        update passes p set times_used = p.times_used + 1
        from visitors v
        where p.code = p_code and v.id = p.visitor_id and v_gate.opens and p.is_active
            and now() >= p.starts_at and now() < p.ends_at and p.times_used < p.max_uses
            and (p.gates is null or p_gate = any (p.gates))
        returning p.id, p.visitor_id, v.full_name, v.unit, p.max_uses - p.times_used as uses_left, null as reason
        into v_pass;
        if not found then
            select p.id, p.visitor_id, v.full_name, v.unit, p.max_uses - p.times_used as uses_left,
                case
                    when not v_gate.opens then 'gate_closed'
                    when not p.is_active then 'revoked'
                    when now() < p.starts_at then 'not_yet_valid'
                    when now() >= p.ends_at then 'expired'
                    when not p_gate = any (p.gates) then 'wrong_gate'
                    else 'no_uses_left'
                end as reason
            into v_pass from passes p join visitors v on v.id = p.visitor_id where p.code = p_code;
        end if;
        if found then
            person_type := 'visitor';
            v_pass_id := v_pass.id;
            v_visitor_id := v_pass.visitor_id;
            person_name := v_pass.full_name;
            unit := v_pass.unit;
            uses_left := v_pass.uses_left;
            reason := v_pass.reason;
        else
            reason := 'unknown_code';
        end if;
    end if;
    granted := reason is null;

    insert into log as l (
        gate_id, direction, is_granted, reason, code, card_id, pass_id, resident_id, visitor_id, person_name, user_id)
    values (
        p_gate, p_direction, granted, reason, p_code, v_card_id, v_pass_id, v_resident_id, v_visitor_id, person_name,
        p_user)
    returning l.id into log_id;
end
$$;

insert into gates (id, name) select :first_gate + n, 'Gate ' || n from generate_series(0, :gates - 1) n;
insert into residents select n, 'Resident Number ' || n, 'A-' || n % 1250 from generate_series(1, :permanent) n;
insert into visitors select n, 'Visitor Number ' || n, 'A-' || n % 1250 from generate_series(1, :temporary) n;
insert into cards (id, resident_id, code) select n, n, 'R' || lpad(n::text, 7, '0') from generate_series(1, :permanent) n;
insert into passes (id, visitor_id, code, starts_at, ends_at, max_uses)
select n, n, 'V' || lpad(n::text, 7, '0'), now() - interval '1 day', now() + interval '30 days', 1000000
from generate_series(1, :temporary) n;
-- One in twenty is a resident's, as in dataset.sql; over 365 days.
insert into log (at, gate_id, direction, is_granted, code, card_id, pass_id, resident_id, visitor_id, person_name, user_id)
select now() - (:log_rows - n) * interval '365 days' / :log_rows, :first_gate + n % :gates,
    case n % 2 when 0 then 'ENTRY' else 'EXIT' end, true,
    case when n % 20 = 0 then 'R' || lpad(card::text, 7, '0') else 'V' || lpad(pass::text, 7, '0') end,
    case when n % 20 = 0 then card end, case when n % 20 <> 0 then pass end,
    case when n % 20 = 0 then card end, case when n % 20 <> 0 then pass end, 'Person Number ' || pass, 1
from generate_series(1, :log_rows) n
cross join lateral (select 1 + n % :permanent as card, 1 + n % :temporary as pass) of;

-- Lists: newest first, of a gate, of a person, refused only.
create index log_at on log (at);
create index log_gate on log (gate_id, at);
create index log_resident on log (resident_id, at) where resident_id is not null;
create index log_visitor on log (visitor_id, at) where visitor_id is not null;
create index log_refused on log (at) where not is_granted;

commit;
vacuum analyze;
