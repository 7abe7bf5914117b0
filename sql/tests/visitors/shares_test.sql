-- Twin of require_share, count_registration and numeric_code_length: nobody uses up what all need.
begin;
\ir ../community.psql

insert into garita.visitors (id, site_id, first_name, last_name, unit_id, resident_id, status, expected_date)
overriding system value
select 9100 + n, 9001, 'V', n::text, 9001, 9003, 'APPROVED', current_date from generate_series(1, 20) n;

-- Issues as many passes as said, visit after visit, and tells how the last one went and how many there are.
create function pg_temp.issues(p_user bigint, p_type text, p_visits bigint[], p_each integer) returns text language plpgsql as $$
declare
    v_visit bigint;
    v_outcome text;
    v_issued integer := 0;
begin
    foreach v_visit in array p_visits loop
        for i in 1 .. p_each loop
            v_outcome := pg_temp.outcome(p_user, format(
                'select from api.issue_code(%s, %L, 24, 1, array[%L]::bytea[], array[%L]::bytea[], ''{%s}'', 1, ''{xx}'')',
                v_visit, p_type, pg_temp.tag(random()::text), decode(repeat('00', 30), 'hex'), garita.numeric_code_length(9001, clock_timestamp())));
            v_issued := v_issued + (v_outcome = '1')::integer;
        end loop;
    end loop;
    return v_issued || ' issued, then ' || v_outcome;
end
$$;

select is(pg_temp.issues(9003, 'NUMERIC', array[9101], 21), '20 issued, then GA409 too_many_passes', 'a visit''s passes');
select is(pg_temp.issues(9003, 'ALPHANUMERIC', array[9102], 11), '10 issued, then GA409 code_type', 'short codes of a home');
select is(pg_temp.issues(9003, t.type, array[9103], 1), '0 issued, then GA409 code_type', 'whatever their kind: ' || t.type)
from (values ('NUMERIC'), ('OTP')) t (type);
select is(pg_temp.issues(9003, 'QR', array(select 9102 + n from generate_series(1, 18) n), 10), '170 issued, then GA409 too_many_passes', 'a home''s passes');
select is(pg_temp.issues(9002, 'NUMERIC', array[9101], 1), '1 issued, then 1', 'a guard still issues to that home');
select is(pg_temp.issues(9001, 'NUMERIC', array[9101], 1), '1 issued, then 1', 'and an administrator');
select is(pg_temp.issues(9004, 'NUMERIC', array[9004], 1), '1 issued, then 1', 'and the neighbour to the own');
select ok(garita.numeric_code_length(9001, clock_timestamp()) = 7, 'whose number is a digit longer');

-- What ends makes room.
update garita.temporary_codes set is_active = false, revoked_at = clock_timestamp()
where id = (select min(id) from garita.temporary_codes where visitor_id = 9101 and sponsor_id = 9003);
update garita.temporary_codes set valid_from = now() - interval '2 hours', valid_until = now() - interval '1 hour'
where id = (select max(id) from garita.temporary_codes where visitor_id = 9101 and sponsor_id = 9003);
select is(pg_temp.issues(9003, 'NUMERIC', array[9101], 3), '2 issued, then GA409 too_many_passes', 'one revoked, one expired');

-- A home with every account of its household has one share, and another home another.
insert into garita.users (id, site_id, username, password_hash, role) overriding system value values (9010, 9001, 't_lola', 'hash', 'RESIDENT');
insert into garita.sessions (id, user_id, site_id, issued_at, expires_at, absolute_end) overriding system value
values (9010, 9010, 9001, clock_timestamp(), clock_timestamp() + interval '7 days', clock_timestamp() + interval '30 days');
insert into garita.residents (id, site_id, user_id, unit_id, first_name, last_name, document_id, phone) overriding system value
values (9010, 9001, 9010, 9001, 'Lola', 'Mar', 'DOC-LOLA', '5512345673');
select is(pg_temp.issues(9010, 'QR', array[9120], 1), '0 issued, then GA409 too_many_passes', 'a housemate has no other share');

-- The length goes on, so that the last home still gets a number.
insert into garita.temporary_codes (site_id, visitor_id, code_tag, key_version, code_hint, code_type, valid_from, valid_until)
select 9001, 9004, pg_temp.tag('many' || n), 1, 'xx', 'NUMERIC', now(), now() + interval '1 day' from generate_series(1, 970) n;
select is(garita.numeric_code_length(9001, clock_timestamp()), 9, 'nine digits beyond a thousand');
select is(garita.numeric_code_length(9002, clock_timestamp()), 6, 'of this community');

-- What is cancelled again counts for its day.
create function pg_temp.cancels(p_user bigint, p_type text, p_times integer) returns text language plpgsql as $$
declare
    v_said text;
begin
    for i in 1 .. p_times loop
        v_said := pg_temp.issues(p_user, p_type, array[9119], 1);
        exit when v_said not like '1 issued%';
        update garita.temporary_codes set is_active = false, revoked_at = clock_timestamp() where visitor_id = 9119 and is_active;
    end loop;
    return v_said;
end
$$;
update garita.temporary_codes set is_active = false, revoked_at = clock_timestamp(), created_at = created_at - interval '25 hours'
where sponsor_id = 9003;
select matches(pg_temp.cancels(9003, 'NUMERIC', 101), '^0 issued, then GA429 86[0-9]+$', 'a hundred short codes a day, cancelled or not');
select is(pg_temp.cancels(9003, 'QR', 3), '1 issued, then 1', 'a QR pass is no short code');
select matches(pg_temp.cancels(9003, 'QR', 400), '^0 issued, then GA429 86[0-9]+$', 'four hundred passes a day');
select is(pg_temp.cancels(9004, 'NUMERIC', 0), null, 'of one home');
update garita.temporary_codes set created_at = created_at - interval '25 hours' where sponsor_id = 9003 and not is_active;
select is(pg_temp.cancels(9003, 'NUMERIC', 3), '1 issued, then 1', 'a day later it begins anew');

-- Visits that residents register.
create function pg_temp.registers(p_user bigint, p_unit bigint, p_times integer) returns text language plpgsql as $$
declare
    v_outcome text;
    v_done integer := 0;
begin
    for i in 1 .. p_times loop
        v_outcome := pg_temp.outcome(p_user, format(
            'insert into garita.visitors (first_name, last_name, unit_id, expected_date) values (''R'', ''R'', %s, current_date)', p_unit));
        v_done := v_done + (v_outcome = '1')::integer;
    end loop;
    return v_done || ', then ' || v_outcome;
end
$$;
select is(pg_temp.registers(9003, 9002, 1), '0, then 42501', 'what is refused');
select is((select count(*) from garita.registration_counts), 0::bigint, 'is not counted');
select is(pg_temp.registers(9003, 9001, 200), '200, then 1', 'two hundred in a day');
select matches(pg_temp.registers(9003, 9001, 1), '^0, then GA429 8(6400|6[0-3][0-9][0-9])$', 'then a wait, in seconds');
select matches(pg_temp.registers(9010, 9001, 1), '^0, then GA429', 'for the whole household');
select is(pg_temp.registers(9004, 9002, 1), '1, then 1', 'not for the neighbours');
select is(pg_temp.registers(9002, 9001, 3), '3, then 1', 'nor for a guard');
select is(pg_temp.registers(9001, 9001, 3), '3, then 1', 'nor for an administrator');
update garita.registration_counts set since = since - interval '23 hours 59 minutes' where unit_id = 9001;
select matches(pg_temp.registers(9003, 9001, 1), '^0, then GA429 (60|[1-5]?[0-9])$', 'almost a day later: a short wait');
update garita.registration_counts set since = since - interval '2 minutes' where unit_id = 9001;
select is(pg_temp.registers(9003, 9001, 2), '2, then 1', 'a day later it begins anew');

select * from finish();
rollback;
