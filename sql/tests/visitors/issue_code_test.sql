-- Twin of api.issue_code, api.code_for_display and api.reveal_code.
begin;
\ir ../community.psql

-- Issues with the candidates given; answers "candidate n" and how long the code is good.
create function pg_temp.issue(p_user bigint, p_visitor bigint, p_type text, p_codes text[], p_hours integer default 24, p_uses integer default 1)
returns text language plpgsql as $$
declare
    v_sql text := format(
        'select ''candidate '' || i.candidate || '', remembered '' || (i.code_id = garita.saved_id()) from api.issue_code(%L, %L, %L, %L, %L, %L, %L, 1, %L) i',
        p_visitor, p_type, p_hours, p_uses,
        (select array_agg(pg_temp.tag(c) order by n) from unnest(p_codes) with ordinality u (c, n)),
        (select array_agg(decode(repeat('00', 30), 'hex')) from unnest(p_codes)),
        (select array_agg(length(c) order by n) from unnest(p_codes) with ordinality u (c, n)),
        (select array_agg(right(c, 2) order by n) from unnest(p_codes) with ordinality u (c, n)));
    v_outcome text := pg_temp.outcome(p_user, v_sql);
begin
    return case when v_outcome like 'GA%' or length(v_outcome) = 5 or v_outcome = '0' then v_outcome else 'issued' end;
end
$$;

select is(pg_temp.issue(9003, 9001, 'QR', '{QR1}'), 'issued', 'a resident gives a visitor a code');
select results_eq($$select code_type, valid_until - valid_from, max_uses, pg_temp.uses('QR1'), is_active, generated_by, code_hint
    from garita.temporary_codes where code_tag = pg_temp.tag('QR1')$$,
    $$values ('QR', interval '24 hours', 1, 0, true, 9003::bigint, 'R1')$$, 'with the limits asked for');
select is(pg_temp.issue(9003, 9004, 'QR', '{QR2}'), 'GA404 Visitor', 'not the neighbour''s visitor');
select is(pg_temp.issue(9002, 9006, 'QR', '{QR2}'), 'GA404 Visitor', 'nor one of another community');
select is(pg_temp.issue(9002, 1, 'QR', '{QR2}'), 'GA404 Visitor', 'nor one that does not exist');
select is(pg_temp.issue(9002, 9003, 'QR', '{QR2}'), 'GA409 visit_denied', 'a refused visit gets none');
select is(pg_temp.issue(9002, 9001, 'QR', '{QR2}', 169), 'GA400 valid_hours', 'a week at most');
select is(pg_temp.issue(9002, 9001, 'QR', '{QR2}', 1, 0), '23514', 'at least one use');
select is(pg_temp.issue(9002, 9002, 'QR', '{QR2}'), 'issued', 'a code issued at the gate');
select results_eq('select status, authorized_by from garita.visitors where id = 9002', $$values ('APPROVED', 9002::bigint)$$, 'approves the visit');

-- A collision draws again, never an error.
select is(pg_temp.issue(9002, 9001, 'QR', '{QR1,QR2}'), '0', 'no free candidate: no row');
select is(pg_temp.issue(9002, 9001, 'QR', '{QR1,QR3}'), 'issued', 'the next candidate is taken');
select is((select count(*) from garita.temporary_codes where code_tag = pg_temp.tag('QR3')), 1::bigint, 'that one');
select pg_temp.key('PIN1', 9003, 'PIN'), pg_temp.pass('OLD', 9001, 'NUMERIC', p_used => 1, p_active => false),
    pg_temp.pass('ANCIENT', 9001, 'NUMERIC', p_used => 1, p_active => false, p_from => '-10 days', p_until => '-8 days') \g /dev/null
select is(pg_temp.issue(9002, 9001, 'ALPHANUMERIC', '{PIN1}'), '0', 'a resident''s PIN is nobody''s pass');
select is(pg_temp.issue(9002, 9001, 'ALPHANUMERIC', '{OLD}'), '0', 'nor a number whose visitor may still be inside');
select is(pg_temp.issue(9002, 9001, 'ALPHANUMERIC', '{ANCIENT}'), 'issued', 'a number long dead may come again');
select throws_ok($$select pg_temp.key('QR1', 9003)$$, '23505', null, 'a living pass is nobody''s PIN');

-- The more short codes live, the longer the next number. Two live already: PIN1 and ANCIENT.
select is(pg_temp.issue(9002, 9001, 'NUMERIC', array['1000000', '10000' || n]), 'issued', 'six digits') from generate_series(1, 8) n;
select is((select count(*) from garita.temporary_codes where code_tag = pg_temp.tag('1000000')), 0::bigint, 'for the first ten');
select is(pg_temp.issue(9002, 9001, 'NUMERIC', '{200000}'), '0', 'the eleventh is not of six digits');
select is(pg_temp.issue(9002, 9001, 'NUMERIC', '{200000,2000000}'), 'issued', 'but of seven');
select pg_temp.pass('many' || n, 9001, 'NUMERIC') from generate_series(1, 90) n \g /dev/null
select is(pg_temp.issue(9002, 9001, 'NUMERIC', '{3000000}'), '0', 'beyond a hundred seven are too few');
select is(pg_temp.issue(9002, 9001, 'NUMERIC', '{30000000}'), 'issued', 'eight will do');
select pg_temp.pass('lots' || n, 9001, 'NUMERIC') from generate_series(1, 900) n \g /dev/null
select is(pg_temp.issue(9002, 9001, 'NUMERIC', '{40000000}'), 'GA409 too_many_passes', 'a visit has a thousand passes at most, whoever issues');
select is(pg_temp.issue(9002, 9004, 'NUMERIC', '{40000000}'), '0', 'beyond a thousand live ones eight are too few');
select is(pg_temp.issue(9002, 9004, 'NUMERIC', '{400000000}'), 'issued', 'nine will do');
select is(pg_temp.issue(9002, 9004, 'QR', '{QR9}'), 'issued', 'QR codes are never short');

-- Hours, gates, one-time codes.
insert into garita.schedules (id, site_id, name) overriding system value values (9001, 9001, 'S'), (9002, 9002, 'S');
create function pg_temp.limited(p_code text, p_type text, p_schedule bigint, p_points bigint[]) returns text language sql as $$
    select pg_temp.outcome(9003, format(
        'select from api.issue_code(9001, %L, 1, 1, array[%L]::bytea[], array[%L]::bytea[], ''{6}'', 1, ''{xx}'', %L, %L)', p_type, pg_temp.tag(p_code),
        decode(repeat('00', 30), 'hex'), p_schedule, p_points))
$$;
select is(pg_temp.limited('L1', 'QR', 9001, '{9001,9004,9001}'), '1', 'a pass with hours and gates');
select results_eq($$select t.schedule_id, array_agg(p.access_point_id order by p.access_point_id) from garita.temporary_codes t
    join garita.temporary_code_points p on p.temporary_code_id = t.id where t.code_tag = pg_temp.tag('L1') group by t.schedule_id$$,
    $$values (9001::bigint, '{9001,9004}'::bigint[])$$, 'has them');
select is(pg_temp.limited('L2', 'QR', 9002, '{}'), 'GA400 schedule', 'hours of another community');
select is(pg_temp.limited('L2', 'QR', null, '{9001,9007}'), 'GA400 access_points', 'gates of another community');
select is(pg_temp.limited('HANDLE', 'OTP', null, '{}'), '1', 'a one-time code knows no length, however many numbers live');
select is(pg_temp.issue(9002, 9004, 'NUMERIC', '{50000000}'), '0', 'as numbers do');
select results_eq($$select is_retired from garita.temporary_codes where code_tag = pg_temp.tag('ANCIENT') order by id$$, 'values (true), (false)',
    'a number drawn again belongs to the later code');

-- Who sees the code again.
create function pg_temp.sees(p_user bigint, p_code text) returns text language sql as $$
    select pg_temp.outcome(p_user, format('select from api.code_for_display(%s)', t.id))
    from garita.temporary_codes t where t.code_tag = pg_temp.tag(p_code) and t.is_active
$$;
select is(pg_temp.sees(9001, 'QR1'), '1', 'an administrator sees the code');
select is(pg_temp.sees(9003, 'QR1'), '1', 'the resident of the unit sees it');
select is(pg_temp.sees(9004, 'QR1'), '0', 'a neighbour does not');
select is(pg_temp.sees(9002, 'QR1'), '0', 'a guard does not see what a resident issued');
select is(pg_temp.sees(9002, 'QR3'), '1', 'a guard sees the code just issued');
update garita.temporary_codes set created_at = now() - interval '11 minutes' where code_tag = pg_temp.tag('QR3');
select is(pg_temp.sees(9002, 'QR3'), '0', 'and not later');
select is(pg_temp.sees(9006, 'QR1'), '0', 'nor does another community''s administrator');

-- At a page an administrator's look leaves a trace.
create function pg_temp.reveals(p_user bigint, p_code text) returns text language sql as $$
    select pg_temp.outcome(p_user, format('select api.reveal_code(%s)', t.id))
    from garita.temporary_codes t where t.code_tag = pg_temp.tag(p_code) and t.is_active
$$;
select is(pg_temp.reveals(9006, 'QR1'), 'GA404 TemporaryCode', 'another community reveals nothing');
select is(pg_temp.reveals(9002, 'QR1'), '42501', 'nor a guard');
select is(pg_temp.reveals(9003, 'QR1'), '42501', 'nor a resident');
select is(pg_temp.reveals(9001, 'QR1'), '1', 'an administrator does');
select results_eq($$select user_id, table_name, changes from garita.audit where action = 'REVEAL'$$,
    $$values (9001::bigint, 'temporary_codes', '{}'::jsonb)$$, 'which is one entry of the audit');
update garita.temporary_codes set code_sealed = null where code_tag = pg_temp.tag('QR1');
select is(pg_temp.reveals(9001, 'QR1'), 'GA409 code', 'once the code is erased there is nothing to see');

select * from finish();
rollback;
