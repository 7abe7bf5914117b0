-- Twin of receive_visit, move_visit, give_word and decide_visit: the life of a visit by hand.
begin;
\ir ../community.psql

-- A-101 has a former resident (9011), one whose account is disabled (9012) and one with an account who is not authorised
-- (9013).
insert into garita.users (id, site_id, username, password_hash, role, is_active) overriding system value values
    (9012, 9001, 't_away', 'hash', 'RESIDENT', false), (9013, 9001, 't_suspended', 'hash', 'RESIDENT', true);
insert into garita.sessions (id, user_id, site_id, issued_at, expires_at, absolute_end) overriding system value values
    (9013, 9013, 9001, clock_timestamp(), clock_timestamp() + interval '7 days', clock_timestamp() + interval '30 days');
insert into garita.residents (id, site_id, user_id, unit_id, first_name, last_name, document_id, phone, is_authorized, move_out_date)
overriding system value values
    (9011, 9001, null, 9001, 'Ex', 'Mar', 'DOC-EX', '5512345671', true, current_date - 9),
    (9012, 9001, 9012, 9001, 'Fue', 'Mar', 'DOC-FUE', '5512345671', true, null),
    (9013, 9001, 9013, 9001, 'Sus', 'Mar', 'DOC-SUS', '5512345671', false, null);

create function pg_temp.born(p_user bigint, p_status text, p_host bigint) returns text language plpgsql as $$
declare
    v_sql text := format(
        'insert into garita.visitors (first_name, last_name, unit_id, resident_id, status, expected_date) '
        'values (''N'', ''N'', 9001, %L, %L, ''2026-01-01'') returning status || '' '' || coalesce(authorized_by::text, ''-'')',
        p_host, p_status);
    v_outcome text := pg_temp.outcome(p_user, v_sql);
begin
    return case when v_outcome = '1' then pg_temp.answer(p_user, v_sql) else v_outcome end;
end
$$;
select is(pg_temp.born(c.id, c.status, c.host), c.born, c.situation)
from (values
    ('a resident''s visit is approved by the resident', 9003, 'PENDING', null, 'APPROVED 9003'),
    ('a resident cannot say it is inside', 9003, 'CHECKED_IN', null, 'APPROVED 9003'),
    ('a walk-in waits', 9002, 'PENDING', null, 'PENDING -'),
    ('a guard without a resident''s word approves nothing', 9002, 'APPROVED', null, 'PENDING -'),
    ('a guard approves by a resident''s word', 9002, 'APPROVED', 9003, 'APPROVED 9002'),
    ('a guard says nobody is inside', 9002, 'CHECKED_IN', 9003, 'PENDING -'),
    ('a guard takes no word of another home', 9002, 'APPROVED', 9004, 'GA400 resident'),
    ('nor of somebody who moved out', 9002, 'APPROVED', 9011, 'GA400 resident'),
    ('nor of somebody who is not authorised', 9002, 'APPROVED', 9005, 'GA400 resident'),
    ('nor of somebody whose account is disabled', 9002, 'APPROVED', 9012, 'GA400 resident'),
    ('nor of nobody at all', 9002, 'APPROVED', 1, 'GA400 resident'),
    ('to be told is no word', 9002, 'PENDING', 9004, 'PENDING -'),
    ('an administrator takes none of them either', 9001, 'APPROVED', 9004, 'GA400 resident'),
    ('nor of somebody who moved out', 9001, 'APPROVED', 9011, 'GA400 resident'),
    ('nor of somebody who is not authorised', 9001, 'APPROVED', 9005, 'GA400 resident'),
    ('an administrator names a host', 9001, 'APPROVED', 9003, 'APPROVED 9001'),
    ('an administrator writes the past down', 9001, 'CHECKED_OUT', 9011, 'CHECKED_OUT 9001'),
    ('a resident names no host of another home', 9003, 'PENDING', 9004, 'GA400 resident'),
    ('nor one who is not authorised', 9003, 'PENDING', 9005, 'GA400 resident'),
    ('nor one who moved out', 9003, 'PENDING', 9011, 'GA400 resident'),
    ('who is not authorised registers a visit that waits', 9013, 'APPROVED', null, 'PENDING -'),
    ('also one for somebody who is', 9013, 'APPROVED', 9003, 'PENDING -'),
    ('an administrator as posted', 9001, 'DENIED', null, 'DENIED -'),
    ('an administrator approves in person', 9001, 'APPROVED', null, 'APPROVED 9001')
) c (situation, id, status, host, born);

create function pg_temp.moved(p_user bigint, p_from text, p_to text, p_host bigint) returns text language plpgsql as $$
begin
    perform set_config('session_replication_role', 'replica', true);
    update garita.visitors set status = p_from, resident_id = p_host, authorized_by = null where id = 9001;
    perform set_config('session_replication_role', 'origin', true);
    return pg_temp.outcome(p_user, format('update garita.visitors set status = %L where id = 9001', p_to));
end
$$;
select is(pg_temp.moved(c.id, c.was, c.becomes, c.host), c.outcome, c.situation)
from (values
    ('a resident approves', 9003, 'PENDING', 'APPROVED', null, '1'),
    ('a resident refuses', 9003, 'PENDING', 'DENIED', null, '1'),
    ('a resident cancels', 9003, 'APPROVED', 'DENIED', null, '1'),
    ('no step at all', 9003, 'CHECKED_IN', 'CHECKED_IN', null, '1'),
    ('a resident does not undo a refusal', 9003, 'DENIED', 'APPROVED', null, 'GA409 status'),
    ('a resident lets nobody in by hand', 9003, 'APPROVED', 'CHECKED_IN', null, 'GA409 status'),
    ('a guard approves by a resident''s word', 9002, 'PENDING', 'APPROVED', 9003, '1'),
    ('a guard without one does not', 9002, 'PENDING', 'APPROVED', null, 'GA400 resident'),
    ('a guard refuses', 9002, 'PENDING', 'DENIED', null, '1'),
    ('a guard cancels nothing', 9002, 'APPROVED', 'DENIED', 9003, 'GA409 status'),
    ('a guard lets nobody in by hand', 9002, 'APPROVED', 'CHECKED_IN', 9003, 'GA409 status'),
    ('an administrator may', 9001, 'DENIED', 'CHECKED_IN', null, '1'),
    ('and approves last', 9001, 'DENIED', 'APPROVED', null, '1')
) c (situation, id, was, becomes, host, outcome);
select is((select authorized_by from garita.visitors where id = 9001), 9001::bigint, 'whoever approves is filled in');

-- Every step by every role: what is not here cannot be done. By hand an administrator takes any.
select is(pg_temp.moved(u.id, f.status, t.status, 9003), case
        when f.status = t.status or u.id = 9001 then '1'
        when f.status = 'PENDING' and t.status in ('APPROVED', 'DENIED') then '1'
        when f.status = 'APPROVED' and t.status = 'DENIED' and u.id = 9003 then '1'
        else 'GA409 status' end, concat_ws(' ', u.id, f.status, '→', t.status))
from (values (9001), (9002), (9003)) u (id),
    (values ('PENDING'), ('APPROVED'), ('DENIED'), ('CHECKED_IN'), ('CHECKED_OUT')) f (status),
    (values ('PENDING'), ('APPROVED'), ('DENIED'), ('CHECKED_IN'), ('CHECKED_OUT')) t (status);

-- By whose word. Rosa's visit (9001, A-101) as it was before, what somebody changes, and what it is then: status, home,
-- host, sponsor, who approved.
create function pg_temp.worded(p_user bigint, p_was text, p_host bigint, p_change text) returns text language plpgsql as $$
declare
    v_outcome text;
begin
    perform set_config('session_replication_role', 'replica', true);
    update garita.visitors set status = p_was, unit_id = 9001, resident_id = p_host, sponsor_id = 9003, authorized_by = 9003 where id = 9001;
    perform set_config('session_replication_role', 'origin', true);
    v_outcome := pg_temp.outcome(p_user, format('update garita.visitors set %s where id = 9001', p_change));
    return case when v_outcome = '1' then (
        select concat_ws(' ', v.status, v.unit_id, coalesce(v.resident_id, 0), coalesce(v.sponsor_id, 0), coalesce(v.authorized_by, 0))
        from garita.visitors v where v.id = 9001) else v_outcome end;
end
$$;
select is(pg_temp.worded(c.id, c.was, c.host, c.change), c.outcome, concat_ws(', ', c.id, c.was, c.host, c.change))
from (values
    -- Another field asks for no word.
    (9002, 'APPROVED', 9011, 'notes = ''x''', 'APPROVED 9001 9011 9003 9003'),
    -- A guard approves by a word that counts, however it is asked.
    (9002, 'PENDING', null, 'status = ''APPROVED'', resident_id = 9003', 'APPROVED 9001 9003 9003 9002'),
    (9002, 'PENDING', null, 'status = ''APPROVED'', resident_id = 9004', 'GA400 resident'),
    (9002, 'PENDING', 9004, 'status = ''APPROVED''', 'GA400 resident'),
    (9002, 'PENDING', 9011, 'status = ''APPROVED''', 'GA400 resident'),
    (9002, 'PENDING', 9005, 'status = ''APPROVED''', 'GA400 resident'),
    (9002, 'PENDING', 9012, 'status = ''APPROVED''', 'GA400 resident'),
    (9002, 'PENDING', 9003, 'status = ''APPROVED'', unit_id = 9002', 'GA400 resident'),
    (9002, 'PENDING', 9003, 'status = ''APPROVED'', unit_id = 9002, resident_id = 9004', 'APPROVED 9002 9004 9004 9002'),
    -- What is approved and moves to another home, or to nobody's word, waits again.
    (9002, 'APPROVED', 9003, 'unit_id = 9002', 'PENDING 9002 9003 9003 0'),
    (9002, 'APPROVED', 9003, 'unit_id = 9002, status = ''APPROVED''', 'PENDING 9002 9003 9003 0'),
    (9002, 'APPROVED', null, 'unit_id = 9003', 'PENDING 9003 0 9003 0'),
    (9002, 'APPROVED', 9003, 'unit_id = 9002, resident_id = 9004', 'APPROVED 9002 9004 9004 9002'),
    (9002, 'APPROVED', 9003, 'unit_id = 9002, resident_id = 9008', 'GA400 resident'),
    (9002, 'APPROVED', 9003, 'resident_id = null', 'PENDING 9001 0 9003 0'),
    (9002, 'APPROVED', 9003, 'resident_id = 9004', 'GA400 resident'),
    (9002, 'APPROVED', 9003, 'resident_id = 9005', 'GA400 resident'),
    (9002, 'APPROVED', 9011, 'resident_id = 9003', 'APPROVED 9001 9003 9003 9003'),
    -- What waits or was refused may move.
    (9002, 'PENDING', 9003, 'unit_id = 9002', 'PENDING 9002 9003 9003 9003'),
    (9002, 'DENIED', 9003, 'unit_id = 9002', 'DENIED 9002 9003 9003 9003'),
    -- What has begun keeps its home, or somebody there says so.
    (9002, 'CHECKED_IN', 9003, 'unit_id = 9002', 'GA409 status'),
    (9002, 'CHECKED_OUT', 9003, 'unit_id = 9002', 'GA409 status'),
    (9002, 'CHECKED_OUT', 9003, 'unit_id = 9002, resident_id = 9004', 'CHECKED_OUT 9002 9004 9004 9002'),
    (9002, 'CHECKED_IN', 9003, 'resident_id = null', 'CHECKED_IN 9001 0 9003 9003'),
    -- A resident who is authorised gives the own word, and receives whom the host cannot.
    (9003, 'PENDING', null, 'status = ''APPROVED''', 'APPROVED 9001 0 9003 9003'),
    (9003, 'PENDING', 9013, 'status = ''APPROVED''', 'APPROVED 9001 9003 9003 9003'),
    (9003, 'APPROVED', 9003, 'resident_id = null', 'APPROVED 9001 0 9003 9003'),
    (9003, 'APPROVED', 9003, 'resident_id = 9005', 'GA400 resident'),
    (9003, 'APPROVED', 9003, 'resident_id = 9004', 'GA400 resident'),
    (9003, 'APPROVED', 9003, 'unit_id = 9002', '42501'),
    -- One who is not approves nothing.
    (9013, 'PENDING', 9013, 'status = ''APPROVED''', 'GA403 not_authorized'),
    (9013, 'PENDING', 9003, 'status = ''APPROVED''', 'GA403 not_authorized'),
    (9013, 'APPROVED', 9003, 'resident_id = null', 'PENDING 9001 0 9003 0'),
    (9013, 'APPROVED', 9003, 'resident_id = 9013', 'GA400 resident'),
    (9013, 'APPROVED', 9003, 'notes = ''x''', 'APPROVED 9001 9003 9003 9003'),
    (9013, 'APPROVED', 9003, 'status = ''DENIED''', 'DENIED 9001 9003 9003 9003'),
    -- An administrator decides alone, for any home, and records no word that does not count.
    (9001, 'PENDING', null, 'status = ''APPROVED''', 'APPROVED 9001 0 0 9001'),
    (9001, 'DENIED', 9003, 'status = ''APPROVED''', 'APPROVED 9001 9003 0 9001'),
    (9001, 'PENDING', 9004, 'status = ''APPROVED''', 'GA400 resident'),
    (9001, 'PENDING', 9011, 'status = ''APPROVED''', 'GA400 resident'),
    (9001, 'PENDING', 9005, 'status = ''APPROVED''', 'GA400 resident'),
    (9001, 'APPROVED', 9003, 'resident_id = 9004', 'GA400 resident'),
    (9001, 'APPROVED', 9003, 'unit_id = 9002', 'APPROVED 9002 0 0 9001'),
    (9001, 'APPROVED', 9003, 'unit_id = 9002, resident_id = 9004', 'APPROVED 9002 9004 0 9001'),
    (9001, 'CHECKED_IN', 9003, 'unit_id = 9002', 'CHECKED_IN 9002 0 0 9001'),
    (9001, 'APPROVED', 9003, 'resident_id = null', 'APPROVED 9001 0 9003 9003'),
    (9001, 'PENDING', 9003, 'unit_id = 9002', 'PENDING 9002 9003 9003 9003'),
    (9001, 'APPROVED', 9003, 'unit_id = 9004', '23503')
) c (id, was, host, change, outcome);

-- A pass approves a visit that waits, by the same rule.
create function pg_temp.issued(p_user bigint, p_was text, p_host bigint) returns text language plpgsql as $$
declare
    v_outcome text;
begin
    perform set_config('session_replication_role', 'replica', true);
    delete from garita.temporary_codes where visitor_id = 9001;
    update garita.visitors set status = p_was, unit_id = 9001, resident_id = p_host, sponsor_id = null, authorized_by = null where id = 9001;
    perform set_config('session_replication_role', 'origin', true);
    perform garita.repair_copies();
    v_outcome := pg_temp.outcome(p_user, format(
        'select from api.issue_code(9001, ''QR'', 24, 1, array[%L]::bytea[], array[%L]::bytea[], ''{26}'', 1, ''{xx}'')',
        pg_temp.tag('ISSUED'), decode(repeat('00', 30), 'hex')));
    return case when v_outcome = '1' then (
        select concat_ws(' ', v.status, coalesce(v.resident_id, 0), coalesce(v.sponsor_id, 0), coalesce(v.authorized_by, 0))
        from garita.visitors v where v.id = 9001) || ', ' || pg_temp.verdict('ISSUED') else v_outcome end;
end
$$;
select is(pg_temp.issued(c.id, c.was, c.host), c.outcome, concat_ws(', ', c.id, c.was, c.host))
from (values
    (9003, 'PENDING', null, 'APPROVED 0 9003 9003, granted'),
    (9003, 'PENDING', 9013, 'APPROVED 9003 9003 9003, granted'),
    (9013, 'PENDING', null, 'PENDING 0 0 0, refused: person_not_authorized, approval_pending'),
    (9013, 'APPROVED', 9003, 'APPROVED 9003 0 0, refused: person_not_authorized'),
    (9002, 'PENDING', null, 'APPROVED 0 0 9002, granted'),
    (9002, 'PENDING', 9003, 'APPROVED 9003 9003 9002, granted'),
    (9002, 'PENDING', 9013, 'GA400 resident'),
    (9002, 'PENDING', 9011, 'GA400 resident'),
    (9002, 'PENDING', 9004, 'GA400 resident'),
    (9001, 'PENDING', 9013, 'GA400 resident'),
    (9001, 'PENDING', 9003, 'APPROVED 9003 0 9001, granted')
) c (id, was, host, outcome);

-- The same steps by their names, and what they end.
create function pg_temp.decided(p_user bigint, p_was text, p_step text, p_word bigint, p_visitor bigint default 9001)
returns text language plpgsql as $$
begin
    perform set_config('session_replication_role', 'replica', true);
    update garita.visitors set status = p_was, resident_id = null, authorized_by = null where id = 9001;
    perform set_config('session_replication_role', 'origin', true);
    return pg_temp.outcome(p_user, format('select api.decide_visit(%s, %L, %L)', p_visitor, p_step, p_word));
end
$$;
select is(pg_temp.decided(c.id, c.was, c.step, c.word, coalesce(c.visitor, 9001)), c.outcome, c.situation)
from (values
    ('a resident approves', 9003, 'PENDING', 'approve', null, null, '1'),
    ('an administrator approves', 9001, 'PENDING', 'approve', null, null, '1'),
    ('a guard needs a word', 9002, 'PENDING', 'approve', null, null, 'GA400 resident'),
    ('a guard has one', 9002, 'PENDING', 'approve', 9003, null, '1'),
    ('of somebody who lives there', 9002, 'PENDING', 'approve', 9004, null, 'GA400 resident'),
    ('and may give it', 9002, 'PENDING', 'approve', 9005, null, 'GA400 resident'),
    ('not of a former resident', 9002, 'PENDING', 'approve', 9011, null, 'GA400 resident'),
    ('of another home', 9002, 'PENDING', 'approve', 9008, null, 'GA400 resident'),
    ('nor of somebody whose account is disabled', 9002, 'PENDING', 'approve', 9012, null, 'GA400 resident'),
    ('an administrator takes no such word either', 9001, 'PENDING', 'approve', 9005, null, 'GA400 resident'),
    ('who is not authorised approves nothing', 9013, 'PENDING', 'approve', null, null, 'GA403 not_authorized'),
    ('not by somebody else''s word either', 9013, 'PENDING', 'approve', 9003, null, 'GA403 not_authorized'),
    ('but may refuse', 9013, 'PENDING', 'deny', null, null, '1'),
    ('and cancel', 9013, 'APPROVED', 'cancel', null, null, '1'),
    ('nobody approves twice', 9003, 'APPROVED', 'approve', null, null, 'GA409 status'),
    ('nor what was refused', 9001, 'DENIED', 'approve', null, null, 'GA409 visit_denied'),
    ('nor what has begun', 9001, 'CHECKED_IN', 'approve', null, null, 'GA409 status'),
    ('a guard refuses', 9002, 'PENDING', 'deny', null, null, '1'),
    ('what is approved is cancelled, not refused', 9003, 'APPROVED', 'deny', null, null, 'GA409 status'),
    ('a resident cancels', 9003, 'APPROVED', 'cancel', null, null, '1'),
    ('also what waits', 9003, 'PENDING', 'cancel', null, null, '1'),
    ('not who is inside', 9003, 'CHECKED_IN', 'cancel', null, null, 'GA409 status'),
    ('nor who has left', 9001, 'CHECKED_OUT', 'cancel', null, null, 'GA409 status'),
    ('a guard cancels nothing', 9002, 'APPROVED', 'cancel', 9003, null, 'GA409 status'),
    ('another unit''s visit is not there', 9003, 'PENDING', 'approve', null, 9004, 'GA404 Visitor'),
    ('nor one of another site', 9001, 'PENDING', 'approve', null, 9006, 'GA404 Visitor')
) c (situation, id, was, step, word, visitor, outcome);

select pg_temp.pass('live', 9001), pg_temp.pass('spent', 9001, p_used => 1, p_active => false), pg_temp.pass('other', 9004) \g /dev/null
select is(pg_temp.decided(9003, 'APPROVED', 'cancel', null), '1', 'a visit with codes is cancelled');
select is(pg_temp.verdict('live'), 'refused: visit_denied', 'the gate says that it was');
select is(pg_temp.outcome(9001, 'update garita.visitors set status = ''APPROVED'' where id = 9001'), '1', 'approved again by an administrator');

select is(pg_temp.outcome(c.id, format('select api.revoke_code(%s)', t.id)), c.outcome, c.situation)
from garita.temporary_codes t, (values
    ('a guard revokes nothing', 9002, '42501'), ('a neighbour neither', 9003, 'GA404 TemporaryCode'),
    ('nor another site', 9006, 'GA404 TemporaryCode'), ('the household does', 9004, '1'), ('once more is no error', 9001, '1')
) c (situation, id, outcome) where t.code_hint = 'er';
select is(pg_temp.verdict('other'), 'refused: revoked', 'and the gate knows');

-- Somebody approved this person for this day: another person or day needs the word of who may give it.
create function pg_temp.changed(p_user bigint, p_host bigint, p_set text) returns text language plpgsql as $$
begin
    perform set_config('session_replication_role', 'replica', true);
    update garita.visitors set status = 'APPROVED', resident_id = p_host, first_name = 'Ana', expected_date = '2026-01-01',
        companions = 1 where id = 9001;
    perform set_config('session_replication_role', 'origin', true);
    perform pg_temp.outcome(p_user, 'update garita.visitors set ' || p_set || ' where id = 9001');
    return (select v.status from garita.visitors v where v.id = 9001);
end
$$;
select is(pg_temp.changed(c.id, c.host, c.change), c.status, c.situation)
from (values
    ('who may approve gives another name', 9003, 9003, 'first_name = ''Eva''', 'APPROVED'),
    ('who may not gives none', 9013, 9003, 'first_name = ''Eva''', 'PENDING'),
    ('nor another day', 9013, 9003, 'expected_date = ''2026-02-02''', 'PENDING'),
    ('nor more people', 9013, 9003, 'companions = 9', 'PENDING'),
    ('fewer they may be', 9013, 9003, 'companions = 0', 'APPROVED'),
    ('a phone approves nobody', 9013, 9003, 'phone = ''+525512345678''', 'APPROVED'),
    ('a guard moves it to another day by the word of its host', 9002, 9003, 'expected_date = ''2026-02-02''', 'APPROVED'),
    ('without a host by nobody''s', 9002, null, 'expected_date = ''2026-02-02''', 'PENDING'),
    ('a guard counts who comes along', 9002, null, 'companions = 9', 'APPROVED'),
    ('an administrator decides alone', 9001, null, 'expected_date = ''2026-02-02''', 'APPROVED')
) c (situation, id, host, change, status);

select * from finish();
rollback;
