-- Twin of can_host, require_host, resident_of, settle_pass, end_passes_of_resident and garita.find_pass: a pass never
-- outlives the right of who stands behind it. Each row makes a visit and a pass as its first two columns say, lets
-- something happen, shows the pass at a gate on the way in and on the way out, and is undone before the next.
begin;
\ir ../community.psql

-- Rosa's housemate, with an account of her own.
insert into garita.users (id, site_id, username, password_hash, role, is_active) overriding system value values
    (9010, 9001, 't_lola', 'hash', 'RESIDENT', true);
insert into garita.sessions (id, user_id, site_id, issued_at, expires_at, absolute_end) overriding system value values
    (9010, 9010, 9001, clock_timestamp(), clock_timestamp() + interval '7 days', clock_timestamp() + interval '30 days');
insert into garita.residents (id, site_id, user_id, unit_id, first_name, last_name, document_id, phone) overriding system value
values (9010, 9001, 9010, 9001, 'Lola', 'Mar', 'DOC-LOLA', '5512345673');

-- Who registers, host and status as posted.
create temporary table registrations (name text primary key, account bigint, host bigint, status text) on commit drop;
insert into registrations values
    ('Rosa', 9003, null, 'PENDING'), ('Rosa, for Lola', 9003, 9010, 'PENDING'), ('a guard, by Rosa''s word', 9002, 9003, 'APPROVED'),
    ('an administrator', 9001, null, 'APPROVED'), ('an administrator, for Rosa', 9001, 9003, 'APPROVED'), ('a guard', 9002, null, 'PENDING');

-- What happens; %s is the visit.
create temporary table events (name text primary key, statement text) on commit drop;
insert into events values
    ('nothing',                  'select'),
    ('Rosa moves out',           'update garita.residents set move_out_date = current_date - 2 where id = 9003'),
    -- The gate by itself, without what moving out revokes.
    ('Rosa moves out today',     'alter table garita.residents disable trigger end_codes_of_resident;
                                  update garita.residents set move_out_date = (clock_timestamp() at time zone ''America/Mexico_City'')::date where id = 9003'),
    ('Rosa moves out tomorrow',  'update garita.residents set move_out_date = (clock_timestamp() at time zone ''America/Mexico_City'')::date + 1 where id = 9003'),
    ('Rosa moves to A-102',      'update garita.residents set unit_id = 9002 where id = 9003'),
    ('Rosa is suspended',        'update garita.residents set is_authorized = false where id = 9003'),
    ('Rosa''s account ends',     'update garita.users set is_active = false where id = 9003'),
    ('Rosa becomes a guard and moves out', 'update garita.users set role = ''GUARD'' where id = 9003; update garita.residents set move_out_date = current_date - 2 where id = 9003'),
    ('Lola moves out',           'update garita.residents set move_out_date = current_date - 2 where id = 9010'),
    ('Lola is suspended',        'update garita.residents set is_authorized = false where id = 9010'),
    ('Lola''s account ends',     'update garita.users set is_active = false where id = 9010'),
    ('Teo moves out',            'update garita.residents set move_out_date = current_date - 2 where id = 9004'),
    ('Rosa takes the host away', 'select pg_temp.outcome(9003, ''update garita.visitors set resident_id = null where id = %s'')'),
    ('an administrator does',    'select pg_temp.outcome(9001, ''update garita.visitors set resident_id = null where id = %s'')'),
    ('a guard does',             'select pg_temp.outcome(9002, ''update garita.visitors set resident_id = null where id = %s'')'),
    ('Lola is named instead',    'select pg_temp.outcome(9001, ''update garita.visitors set resident_id = 9010 where id = %s'')'),
    ('a guard takes Lola''s word', 'select pg_temp.outcome(9002, ''update garita.visitors set resident_id = 9010 where id = %s'')'),
    ('all move out',             'update garita.residents set move_out_date = current_date - 2 where unit_id = 9001'),
    ('all move to A-102',        'update garita.residents set unit_id = 9002 where unit_id = 9001'),
    ('all but Lola move out',    'update garita.residents set move_out_date = current_date - 2 where unit_id = 9001 and id <> 9010'),
    ('the guard''s account ends', 'update garita.users set is_active = false where id = 9002'),
    ('the guard becomes a resident', 'update garita.users set role = ''RESIDENT'' where id = 9002'),
    ('the administrator''s account ends', 'update garita.users set is_active = false where id = 9001');

create function pg_temp.shown(p_code text, p_kind text, p_way text, p_step bigint) returns text language sql as $$
    select case when v.granted then 'granted' else array_to_string(v.reasons, ', ') end
    from api.validate_code(
        9007, 1, 9007, null, null, array[pg_temp.tag(p_code)], right(p_code, 2),
        case when p_kind = 'OTP' then array[pg_temp.tag(p_code)] else '{}' end, case when p_kind = 'OTP' then p_step end,
        case p_kind when 'NUMERIC' then '999999' when 'ALPHANUMERIC' then 'AA99AA99' when 'OTP' then 'AAAAAA999999' end, 9001, p_way, null, null, 'test', '10.0.0.1') v
$$;

create function pg_temp.becomes(p_registration text, p_issuer bigint, p_events text, p_kind text) returns text
language plpgsql as $$
declare
    v_visit bigint;
    v_statement text;
    v_result text;
begin
    -- A superuser belongs to no site; without one of lower number this one works at Los Pinos.
    update garita.sites set is_active = id = 9001;
    begin
        select pg_temp.answer(r.account, format(
            'insert into garita.visitors (first_name, last_name, unit_id, resident_id, status, expected_date) '
            'values (''V'', ''V'', 9001, %L, %L, current_date) returning id', r.host, r.status))::bigint
        into v_visit from registrations r where r.name = p_registration;
        v_result := pg_temp.outcome(p_issuer, format(
            'select from api.issue_code(%s, %L, 24, 5, array[%L]::bytea[], array[%L]::bytea[], ''{6}'', 1, ''{xx}'')',
            v_visit, p_kind, pg_temp.tag('THE PASS'), decode(repeat('00', 30), 'hex')));
        if v_result = '1' then
            for v_statement in
                select e.statement from unnest(string_to_array(p_events, '; ')) with ordinality u (name, n)
                left join events e using (name) order by n
            loop
                execute replace(v_statement, '%s', v_visit::text);
            end loop;
            v_result := pg_temp.shown('THE PASS', p_kind, 'EXIT', 1);
            if v_result <> 'granted' then
                v_result := 'no exit: ' || v_result;
            else
                v_result := pg_temp.shown('THE PASS', p_kind, 'ENTRY', 2);
                v_result := v_result || case when pg_temp.uses('THE PASS') = 0 then '' else ', spent' end;
            end if;
        end if;
        raise exception using errcode = 'ZZ000';
    exception when sqlstate 'ZZ000' then
        return v_result;
    end;
end
$$;

select is(pg_temp.becomes(c.registration, c.issuer, c.events, k.kind), c.outcome,
    concat_ws(', ', k.kind, c.registration, 'issued by ' || c.issuer, c.events))
from (values
    ('Rosa',                       9003, 'nothing',                                  'granted, spent'),
    ('Rosa',                       9003, 'Rosa moves out',                           'revoked, moved_out'),
    ('Rosa',                       9003, 'Rosa moves out today',                     'moved_out'),
    ('Rosa',                       9003, 'Rosa moves out tomorrow',                  'granted, spent'),
    ('Rosa',                       9003, 'Rosa moves to A-102',                      'revoked, moved_out'),
    ('Rosa',                       9003, 'Rosa is suspended',                        'person_not_authorized'),
    ('Rosa',                       9003, 'Rosa''s account ends',                     'person_not_authorized'),
    ('Rosa',                       9003, 'Rosa becomes a guard and moves out',       'revoked, moved_out'),
    ('Rosa',                       9003, 'Rosa takes the host away',                 'granted, spent'),
    ('Rosa',                       9003, 'Rosa takes the host away; Rosa moves out', 'revoked, moved_out'),
    ('Rosa',                       9003, 'an administrator does; Rosa moves out',    'revoked, moved_out'),
    ('Rosa',                       9003, 'an administrator does; Rosa is suspended', 'person_not_authorized'),
    ('Rosa',                       9003, 'Lola is named instead; Rosa is suspended', 'person_not_authorized'),
    ('Rosa',                       9003, 'all move out',                             'revoked, moved_out'),
    ('Rosa',                       9003, 'Lola moves out; Teo moves out',            'granted, spent'),
    ('Rosa',                       9003, 'the guard''s account ends',                'granted, spent'),
    -- The host is a housemate, or a housemate issues.
    ('Rosa, for Lola',             9003, 'Lola moves out',                           'revoked, moved_out'),
    ('Rosa, for Lola',             9003, 'Lola is suspended',                        'person_not_authorized'),
    ('Rosa, for Lola',             9003, 'Rosa moves out',                           'revoked, moved_out'),
    ('Rosa, for Lola',             9002, 'Rosa moves out today',                     'moved_out'),
    ('Rosa, for Lola',             9002, 'Rosa is suspended',                        'person_not_authorized'),
    ('Rosa, for Lola',             9010, 'Rosa''s account ends',                     'person_not_authorized'),
    ('Rosa',                       9010, 'Lola moves out',                           'revoked, moved_out'),
    ('Rosa',                       9010, 'Lola is suspended',                        'person_not_authorized'),
    ('Rosa',                       9010, 'Lola''s account ends',                     'person_not_authorized'),
    ('Rosa',                       9010, 'Rosa moves out today',                     'moved_out'),
    -- Staff issue it, for a visit of Rosa's or by her word.
    ('Rosa',                       9002, 'Rosa moves out today',                     'moved_out'),
    ('Rosa',                       9002, 'Rosa is suspended',                        'person_not_authorized'),
    ('Rosa',                       9001, 'an administrator does; Rosa moves out',    'revoked, moved_out'),
    ('Rosa',                       9002, 'the guard''s account ends',                'granted, spent'),
    ('a guard, by Rosa''s word',   9002, 'nothing',                                  'granted, spent'),
    ('a guard, by Rosa''s word',   9002, 'Rosa moves out',                           'revoked, moved_out'),
    ('a guard, by Rosa''s word',   9002, 'Rosa moves out today',                     'moved_out'),
    ('a guard, by Rosa''s word',   9002, 'Rosa is suspended',                        'person_not_authorized'),
    ('a guard, by Rosa''s word',   9002, 'Rosa''s account ends',                     'person_not_authorized'),
    ('a guard, by Rosa''s word',   9002, 'a guard does',                             'approval_pending'),
    ('a guard, by Rosa''s word',   9002, 'a guard does; Rosa moves out',             'revoked, moved_out, approval_pending'),
    ('a guard, by Rosa''s word',   9002, 'an administrator does; Rosa moves out',    'revoked, moved_out'),
    ('a guard, by Rosa''s word',   9002, 'Lola is named instead; Rosa moves out',    'revoked, moved_out'),
    ('a guard, by Rosa''s word',   9002, 'a guard takes Lola''s word; Rosa moves out', 'granted, spent'),
    ('a guard, by Rosa''s word',   9002, 'a guard takes Lola''s word; Lola is suspended', 'person_not_authorized'),
    ('an administrator, for Rosa', 9002, 'Lola is named instead; Rosa moves out',    'granted, spent'),
    ('an administrator, for Rosa', 9002, 'an administrator does; Rosa moves out',    'revoked, moved_out'),
    ('a guard, by Rosa''s word',   9002, 'the guard''s account ends',                'granted, spent'),
    ('a guard, by Rosa''s word',   9002, 'the guard becomes a resident',             'granted, spent'),
    ('an administrator, for Rosa', 9001, 'Rosa moves out today',                     'moved_out'),
    ('an administrator, for Rosa', 9001, 'Rosa is suspended',                        'person_not_authorized'),
    -- Nobody stands behind it but the household.
    ('an administrator',           9001, 'Rosa moves out',                           'granted, spent'),
    ('an administrator',           9001, 'all but Lola move out',                    'granted, spent'),
    ('an administrator',           9001, 'all move out',                             'moved_out'),
    ('an administrator',           9002, 'all move to A-102',                        'moved_out'),
    ('a guard',                    9002, 'all move out',                             'moved_out'),
    ('an administrator',           9001, 'the administrator''s account ends',        'granted, spent'),
    ('an administrator',           9003, 'Rosa moves out today',                     'moved_out'),
    ('a guard',                    9003, 'Rosa is suspended',                        'person_not_authorized')
) c (registration, issuer, events, outcome), unnest(array['QR', 'NUMERIC', 'ALPHANUMERIC', 'OTP']) k (kind);

-- A home where nobody has lived is no household that ended.
insert into garita.visitors (id, site_id, first_name, last_name, unit_id, status, expected_date) overriding system value
values (9090, 9001, 'P', 'Plomero', 9003, 'APPROVED', current_date);
select pg_temp.pass('PLUMBER', 9090) \g /dev/null
select is(pg_temp.verdict('PLUMBER'), 'granted', 'a pass to an empty home');

-- Nobody who stands behind a visit or a pass can be deleted.
select pg_temp.answer(9003, 'insert into garita.visitors (first_name, last_name, unit_id, resident_id, expected_date) values (''W'', ''W'', 9001, 9010, current_date) returning id') as visit \gset
select is(pg_temp.outcome(9001, 'delete from garita.residents where id = 9003'), '23503', 'whose word it was');
select is(pg_temp.outcome(9001, 'delete from garita.residents where id = 9010'), '23503', 'nor the host');

-- A resident's registration names its host.
select results_eq(format('select resident_id, sponsor_id, authorized_by, status from garita.visitors where id = %s', :visit),
    $$values (9010::bigint, 9003::bigint, 9003::bigint, 'APPROVED')$$, 'the one named, by the registrar''s word');
select is(pg_temp.answer(9003, 'insert into garita.visitors (first_name, last_name, unit_id, expected_date) values (''W'', ''W'', 9001, current_date) returning resident_id'),
    '9003', 'the registrar when none is named');

-- Who acts by an account.
select results_eq('select garita.resident_of(u) from unnest(array[9003, 9002, 9001, null]::bigint[]) u', 'values (9003::bigint), (null), (null), (null)', 'a resident only');

select * from finish();
rollback;
