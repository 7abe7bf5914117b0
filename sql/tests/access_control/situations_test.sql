-- Twin of garita.decide: the situations of a gate. Each row starts from the same small community and the same moment,
-- changes what its conditions say, shows one code at one gate, and is undone before the next.
begin;
\ir ../community.psql

-- The community at Tijuana, where clocks change: on 8 March 2026 at 2:00 forward, on 1 November at 2:00 back. Vera visits
-- Rita at A-1. Every code is good from 1 March until the end of 31 March, each of Vera's for two entries.
insert into garita.sites (id, name, code, time_zone) overriding system value values (9003, 'Las Olas', 'OLAS', 'America/Tijuana');
insert into garita.users (id, site_id, username, password_hash, role) overriding system value values
    (9031, 9003, 't_olas_guard', 'hash', 'GUARD'), (9032, 9003, 't_olas_resident', 'hash', 'RESIDENT');
insert into garita.sessions (id, user_id, site_id, issued_at, expires_at, absolute_end) overriding system value values
    (9031, 9031, 9003, '2026-01-01', '2030-01-01', '2030-01-01'), (9032, 9032, 9003, '2026-01-01', '2030-01-01', '2030-01-01');
insert into garita.buildings (id, site_id, name, code) overriding system value values (9031, 9003, 'Torre A', 'A'), (9032, 9003, 'Torre B', 'B');
insert into garita.units (id, site_id, building_id, number, floor) overriding system value values (9031, 9003, 9031, '1', 1);
insert into garita.residents (id, site_id, unit_id, first_name, last_name, document_id, phone) overriding system value values
    (9031, 9003, 9031, 'Rita', 'Río', 'DOC-RITA', '6641112233');
insert into garita.access_points (id, site_id, name, code, location, building_id, supports_qr, supports_rfid, supports_numeric, is_entry,
    is_exit, is_active)
overriding system value values
    (9031, 9003, 'main', 'MAIN', 'x', null, true, true, true, true, true, true),
    (9032, 9003, 'off', 'OFF', 'x', null, true, true, true, true, true, false),
    (9033, 9003, 'in', 'IN', 'x', null, true, true, true, true, false, true),
    (9034, 9003, 'out', 'OUT', 'x', null, true, true, true, false, true, true),
    (9035, 9003, 'blind', 'BLIND', 'x', null, false, false, false, true, true, true),
    (9036, 9003, 'door A', 'DA', 'x', 9031, true, true, true, true, true, true),
    (9037, 9003, 'door B', 'DB', 'x', 9032, true, true, true, true, true, true);
insert into garita.visitors (id, site_id, first_name, last_name, document_id, phone, vehicle_plate, unit_id, resident_id, status,
    expected_date)
overriding system value values
    (9031, 9003, 'Vera', 'Gómez', 'V-31', '+52 664 555 0000', 'ABC-123-D', 9031, 9031, 'APPROVED', '2026-03-04');
insert into garita.temporary_codes (site_id, visitor_id, code_tag, code_sealed, key_version, code_hint, code_type, valid_from, valid_until, max_uses)
select 9003, 9031, pg_temp.tag(c.code), pg_temp.sealed(c.length), 1, right(c.code, 2), c.type, '2026-03-01 00:00-08', '2026-04-01 00:00-07', 2
from (values ('qr', 'QR', 26), ('number', 'NUMERIC', 6), ('letters', 'ALPHANUMERIC', 8), ('otp', 'OTP', 6)) c (code, type, length);
insert into garita.access_codes (site_id, resident_id, code_tag, code_sealed, key_version, code_hint, code_type)
select 9003, 9031, pg_temp.tag(c.code), pg_temp.sealed(c.length), 1, right(c.code, 2), c.type
from (values ('tag', 'RFID', 10), ('pin', 'PIN', 6), ('finger', 'BIOMETRIC', 7), ('other', 'OTHER', 5)) c (code, type, length);
insert into garita.schedules (id, site_id, name, weekdays, starts_at, ends_at) overriding system value values
    (9031, 9003, 'office', 31, '08:00', '18:00'), (9032, 9003, 'night', 16, '22:00', '06:00'), (9033, 9003, 'small hours', 127, '01:30', '03:30');
select garita.ensure_log_partition('2026-03-01'), garita.ensure_log_partition('2026-11-01') \g /dev/null

-- What the rows call their conditions.
create temporary table conditions (name text primary key, statement text) on commit drop;
insert into conditions values
    ('visit denied',     'update garita.visitors set status = ''DENIED'' where id = 9031'),
    ('visit pending',    'update garita.visitors set status = ''PENDING'' where id = 9031'),
    ('visitor inside',   'update garita.visitors set status = ''CHECKED_IN'', check_in_time = ''2026-03-04 09:00-08'' where id = 9031'),
    ('visitor left',     'update garita.visitors set status = ''CHECKED_OUT'' where id = 9031'),
    ('one use left',     'update garita.temporary_codes set times_used = 1 where site_id = 9003'),
    ('used up',          'update garita.temporary_codes set times_used = 2, is_active = false where site_id = 9003'),
    ('revoked',          'update garita.temporary_codes set is_active = false, revoked_at = now() where site_id = 9003'),
    ('lost',             'update garita.access_codes set is_active = false where site_id = 9003'),
    ('not authorised',   'update garita.residents set is_authorized = false where id = 9031'),
    ('moves out today',  'alter table garita.residents disable trigger end_codes_of_resident; update garita.residents set move_out_date = ''2026-03-04'' where id = 9031'),
    ('moves tomorrow',   'alter table garita.residents disable trigger end_codes_of_resident; update garita.residents set move_out_date = ''2026-03-05'' where id = 9031'),
    ('last day today',   'update garita.access_codes set expiry_date = ''2026-03-04'' where site_id = 9003'),
    ('limited to out',   'insert into garita.temporary_code_points (site_id, temporary_code_id, access_point_id) select 9003, id, 9034 from garita.temporary_codes where site_id = 9003'),
    ('limited to main',  'insert into garita.temporary_code_points (site_id, temporary_code_id, access_point_id) select 9003, id, p from garita.temporary_codes, unnest(array[9031, 9034]) p where site_id = 9003'),
    ('tag limited to out', 'insert into garita.access_code_points (site_id, access_code_id, access_point_id) select 9003, id, 9034 from garita.access_codes where site_id = 9003'),
    ('office hours',     'update garita.temporary_codes set schedule_id = 9031 where site_id = 9003; update garita.access_codes set schedule_id = 9031 where site_id = 9003'),
    ('night hours',      'update garita.access_codes set schedule_id = 9032 where site_id = 9003'),
    ('small hours',      'update garita.access_codes set schedule_id = 9033 where site_id = 9003'),
    ('holiday',          'insert into garita.holidays (site_id, day, name) values (9003, ''2026-03-04'', ''x'')'),
    ('on holidays too',  'update garita.schedules set on_holidays = true where site_id = 9003'),
    ('from tomorrow',    'update garita.schedules set first_day = ''2026-03-05'' where site_id = 9003'),
    ('until today',      'update garita.schedules set last_day = ''2026-03-04'' where site_id = 9003'),
    ('until yesterday',  'update garita.schedules set last_day = ''2026-03-03'' where site_id = 9003'),
    ('grace',            'update garita.sites set grace_before_minutes = 15, grace_after_minutes = 10 where id = 9003'),
    ('name blocked',     'insert into garita.blocklist (site_id, kind, value) values (9003, ''name'', '' VERA  gómez '')'),
    ('document blocked', 'insert into garita.blocklist (site_id, kind, value) values (9003, ''document'', ''v 31'')'),
    ('phone blocked',    'insert into garita.blocklist (site_id, kind, value) values (9003, ''phone'', ''6645550000'')'),
    ('plate blocked',    'insert into garita.blocklist (site_id, kind, value) values (9003, ''plate'', ''abc 123d'')'),
    ('Rita blocked',     'insert into garita.blocklist (site_id, kind, value) values (9003, ''document'', ''doc rita'')'),
    ('block ended',      'update garita.blocklist set expires_at = ''2026-03-04 12:00-08'''),
    ('block ends',       'update garita.blocklist set expires_at = ''2026-03-04 12:00:01-08'''),
    ('block off',        'update garita.blocklist set is_active = false'),
    ('accent differs',   'insert into garita.blocklist (site_id, kind, value) values (9003, ''name'', ''Vera Gomez'')'),
    ('a letter wrong',   'insert into garita.blocklist (site_id, kind, value) values (9003, ''name'', ''Vera Gonez'')'),
    ('a letter missing', 'insert into garita.blocklist (site_id, kind, value) values (9003, ''name'', ''Vera Gmez'')'),
    ('two letters wrong', 'insert into garita.blocklist (site_id, kind, value) values (9003, ''name'', ''Vara Gonez'')'),
    ('plate one off',    'insert into garita.blocklist (site_id, kind, value) values (9003, ''plate'', ''ABC-128-D'')'),
    ('elsewhere blocked', 'insert into garita.blocklist (site_id, kind, value) values (9001, ''name'', ''Vera Gómez'')'),
    ('one guess left',   'insert into garita.gate_throttles (site_id, access_point_id, tokens, refilled_at, day, day_failures) values (9003, 9031, 1, ''2026-03-04 12:00-08'', ''2026-03-04'', 9)'),
    ('no guess left',    'insert into garita.gate_throttles (site_id, access_point_id, tokens, refilled_at, day, day_failures) values (9003, 9031, 0, ''2026-03-04 11:59:30-08'', ''2026-03-04'', 9)'),
    ('a minute later',   'update garita.gate_throttles set refilled_at = ''2026-03-04 11:59-08'''),
    ('logged already',   'update garita.gate_throttles set throttled_minute = ''2026-03-04 12:00-08'', throttled_count = 3'),
    ('99 wrong today',   'insert into garita.gate_throttles (site_id, access_point_id, tokens, refilled_at, day, day_failures) values (9003, 9031, 5, ''2026-03-04 12:00-08'', ''2026-03-04'', 99)'),
    ('99 yesterday',     'insert into garita.gate_throttles (site_id, access_point_id, tokens, refilled_at, day, day_failures) values (9003, 9031, 5, ''2026-03-04 12:00-08'', ''2026-03-03'', 99)'),
    ('short codes off',  'insert into garita.gate_throttles (site_id, access_point_id, tokens, refilled_at, day, day_failures, short_off) values (9003, 9031, 10, ''2026-03-04 12:00-08'', ''2026-03-01'', 100, true)'),
    ('other gate closed', 'insert into garita.gate_throttles (site_id, access_point_id, tokens, refilled_at, day, day_failures) values (9003, 9036, 0, ''2026-03-04 12:00-08'', ''2026-03-04'', 9)'),
    ('shown thrice',     'insert into garita.guess_counts (site_id, subject, since, failures) select 9003, ''t:'' || id, ''2026-03-04 11:30-08''::timestamptz, 3 from garita.temporary_codes where site_id = 9003 union all select 9003, ''p:'' || id, ''2026-03-04 11:30-08''::timestamptz, 3 from garita.access_codes where site_id = 9003'),
    ('shown long ago',   'insert into garita.guess_counts (site_id, subject, since, failures) select 9003, ''t:'' || id, ''2026-03-04 11:00-08''::timestamptz, 9 from garita.temporary_codes where site_id = 9003'),
    ('no tag left',      'insert into garita.gate_throttles (site_id, access_point_id, bucket, tokens, refilled_at, day, day_failures) values (9003, 9031, ''read'', 0, ''2026-03-04 11:59:30-08'', ''2026-03-04'', 9)'),
    ('caller paused',    'insert into garita.guess_counts (site_id, subject, since, failures, paused_until) values (9003, ''u:9031'', ''2026-03-04 11:55-08'', 30, ''2026-03-04 12:03-08'')'),
    ('exit failed',      'update garita.gate_throttles set exit_failures = 3, exit_failed_at = ''2026-03-04 11:59:58-08'''),
    ('step 7 was used',  'update garita.temporary_codes set last_step = 7 where site_id = 9003');

-- Shows a code and answers four things: verdict (with warnings and attention), log row, uses and visit, guesses left.
-- "otp 7" are the right digits of step 7, "otp ?" are wrong ones; all but QR are short.
create function pg_temp.situation(p_conditions text, p_code text, p_gate text, p_way text, p_at text) returns text[]
language plpgsql as $$
declare
    v_at timestamptz := p_at::timestamp at time zone 'America/Tijuana';
    v_point bigint := case p_gate when 'none' then null when 'foreign' then 9001 else
        (select id from garita.access_points where site_id = 9003 and name = p_gate) end;
    v_statement text;
    v_last bigint := (select coalesce(max(id), 0) from garita.access_logs);
    v garita.gate_verdict;
    v_result text[];
begin
    begin
        for v_statement in
            select c.statement from unnest(string_to_array(nullif(p_conditions, ''), ', ')) with ordinality u (name, n)
            left join conditions c using (name) order by n
        loop
            execute v_statement;
        end loop;
        v := garita.decide(
            9031, 1, 9031, null, null, array[pg_temp.tag(p_code)], right(p_code, 2),
            case when p_code like 'otp _' then array[pg_temp.tag('otp')] else '{}' end, 
            case when p_code ~ '^otp [0-9]' then substr(p_code, 5)::bigint end,
            case p_code when 'letters' then 'AAAA9999' when 'tag' then 'AAAA999999' when 'finger' then 'AA99999' when 'other' then 'AA999'
                when 'qr' then null when 'qr nobody' then null else case when p_code like 'otp _' then 'AAAAAA999999' else '999999' end end,
            v_point, p_way, null, null, 'trace', '10.0.0.1', v_at);
        v_result := array[
            case when v.granted then 'granted' else array_to_string(v.reasons, ', ') end
                || case when v.warnings <> '{}' then '; warned: ' || array_to_string(v.warnings, ', ') else '' end
                || case when v.attention <> '[]' then '; attention' else '' end
                || coalesce('; retry ' || v.retry_after, ''),
            coalesce((
                select string_agg(concat_ws(' ', l.status, l.access_method, nullif(l.access_point_name, ''), l.person_name), ' + ' order by l.id)
                from garita.access_logs l
                where l.id > v_last and l."timestamp" = v_at and l.reasons = v.reasons and l.warnings = v.warnings
                    and l.id = v.log_id and l.site_id = 9003 and l.access_type = p_way and l.authorized_by = 9031), 'none'),
            concat_ws(' ',
                (select t.times_used || case when t.is_active then '' else ' off' end
                from garita.temporary_codes t where t.id = v.code_id and v.code_kind = 'temporary'),
                (select vi.status from garita.visitors vi where vi.id = 9031)),
            coalesce((select round(t.tokens::numeric, 1)::text || case when t.short_off then ' off' else '' end
                from garita.gate_throttles t where t.site_id = 9003 and t.access_point_id = coalesce(v_point, 0) and t.bucket = 'typed'), '-')];
        if (select count(*) from garita.access_logs l where l.id > v_last) > 1 then
            v_result[2] := 'too many rows';
        end if;
        raise exception 'undo' using errcode = 'TT000';
    exception when sqlstate 'TT000' then
        null;
    end;
    return v_result;
end
$$;

-- The table. `at` is the clock on the wall; "uses and visit" after it: times used (of a pass shown) and the visit's state;
-- "guesses": what the throttle of the gate has left, "-" while nobody guessed wrong.
create temporary table situations (
    n integer generated always as identity, situation text, conditions text, code text, gate text, way text, at text, verdict text,
    log_row text, uses_and_visit text, guesses text) on commit drop;
insert into situations (situation, conditions, code, gate, way, at, verdict, log_row, uses_and_visit, guesses) values
    -- a plain day: kind of code, direction, what a passage changes
    ('a guest with a QR pass',                          '',                                  'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('a guest with a number',                           '',                                  'number',    'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS NUMERIC_CODE main Vera Gómez',      '1 CHECKED_IN',      '-'),
    ('a guest with letters',                            '',                                  'letters',   'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS ALPHANUMERIC_CODE main Vera Gómez', '1 CHECKED_IN',      '-'),
    ('a guest with a one-time code',                    '',                                  'otp 7',     'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS NUMERIC_CODE main Vera Gómez',      '1 CHECKED_IN',      '-'),
    ('a resident with a tag',                           '',                                  'tag',       'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    ('a resident with a PIN',                           '',                                  'pin',       'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS NUMERIC_CODE main Rita Río',        'APPROVED',          '-'),
    ('a resident with a fingerprint',                   '',                                  'finger',    'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS BIOMETRIC main Rita Río',           'APPROVED',          '-'),
    ('a resident with something else',                  '',                                  'other',     'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS OTHER main Rita Río',               'APPROVED',          '-'),
    ('a guest goes: nothing is spent',                  'visitor inside',                    'qr',        'main',    'EXIT',  '2026-03-04 12:00', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '0 CHECKED_OUT',     '-'),
    ('a guest goes who never was seen coming',          '',                                  'qr',        'main',    'EXIT',  '2026-03-04 12:00', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '0 APPROVED',        '-'),
    ('a resident goes',                                 '',                                  'tag',       'main',    'EXIT',  '2026-03-04 12:00', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    ('a guest goes with a one-time code',               'visitor inside',                    'otp 7',     'main',    'EXIT',  '2026-03-04 12:00', 'granted',                                'SUCCESS NUMERIC_CODE main Vera Gómez',      '0 CHECKED_OUT',     '-'),
    ('a guest comes back',                              'visitor left',                      'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('inside already: a use all the same',              'visitor inside',                    'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('the last use switches the code off',              'one use left',                      'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '2 off CHECKED_IN',  '-'),
    ('used up',                                         'used up',                           'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'no_uses_left',                           'DENIED QR_CODE main Vera Gómez',            '2 off APPROVED',    '-'),
    ('used up leads out',                               'used up, visitor inside',           'qr',        'main',    'EXIT',  '2026-03-04 12:00', 'granted; warned: no_uses_left',          'SUCCESS QR_CODE main Vera Gómez',           '2 off CHECKED_OUT', '-'),
    ('no gate named: its lines are skipped',            '',                                  'qr',        'none',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS QR_CODE Vera Gómez',                '1 CHECKED_IN',      '-'),
    ('a gate of another community',                     '',                                  'qr',        'foreign', 'ENTRY', '2026-03-04 12:00', 'unknown_access_point',                   'DENIED OTHER Unknown',                      'APPROVED',          '-'),
    ('and the way out of it',                           '',                                  'qr',        'foreign', 'EXIT',  '2026-03-04 12:00', 'unknown_access_point',                   'DENIED OTHER Unknown',                      'APPROVED',          '-'),
    -- the gate and what it can read
    ('switched off, entry',                             '',                                  'qr',        'off',     'ENTRY', '2026-03-04 12:00', 'gate_inactive',                          'DENIED QR_CODE off Vera Gómez',             '0 APPROVED',        '-'),
    ('switched off, exit',                              '',                                  'qr',        'off',     'EXIT',  '2026-03-04 12:00', 'gate_inactive',                          'DENIED QR_CODE off Vera Gómez',             '0 APPROVED',        '-'),
    ('switched off; a number is known, and no guess',            '',                                  'number',    'off',     'ENTRY', '2026-03-04 12:00', 'gate_inactive',                          'DENIED NUMERIC_CODE off Vera Gómez',        '0 APPROVED',        '-'),
    ('in through the way out',                          '',                                  'qr',        'out',     'ENTRY', '2026-03-04 12:00', 'wrong_direction',                        'DENIED QR_CODE out Vera Gómez',             '0 APPROVED',        '-'),
    ('out through the way in',                          '',                                  'qr',        'in',      'EXIT',  '2026-03-04 12:00', 'wrong_direction',                        'DENIED QR_CODE in Vera Gómez',              '0 APPROVED',        '-'),
    ('in through the way in',                           '',                                  'tag',       'in',      'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS RFID in Rita Río',                  'APPROVED',          '-'),
    ('out through the way out',                         '',                                  'tag',       'out',     'EXIT',  '2026-03-04 12:00', 'granted',                                'SUCCESS RFID out Rita Río',                 'APPROVED',          '-'),
    ('the gate cannot read it: qr',                     '',                                  'qr',        'blind',   'ENTRY', '2026-03-04 12:00', 'method_not_supported',                   'DENIED QR_CODE blind Vera Gómez',           '0 APPROVED',        '-'),
    ('the gate cannot read it: tag',                    '',                                  'tag',       'blind',   'ENTRY', '2026-03-04 12:00', 'method_not_supported',                   'DENIED RFID blind Rita Río',                'APPROVED',          '-'),
    ('the gate cannot read it: number',                 '',                                  'number',    'blind',   'ENTRY', '2026-03-04 12:00', 'method_not_supported',                   'DENIED NUMERIC_CODE blind Vera Gómez',      '0 APPROVED',        '-'),
    ('the gate cannot read it: letters',                '',                                  'letters',   'blind',   'ENTRY', '2026-03-04 12:00', 'method_not_supported',                   'DENIED ALPHANUMERIC_CODE blind Vera Gómez', '0 APPROVED',        '-'),
    ('the gate cannot read it: otp 7',                  '',                                  'otp 7',     'blind',   'ENTRY', '2026-03-04 12:00', 'method_not_supported',                   'DENIED NUMERIC_CODE blind Vera Gómez',      '0 APPROVED',        '-'),
    ('the gate cannot read it: pin',                    '',                                  'pin',       'blind',   'ENTRY', '2026-03-04 12:00', 'method_not_supported',                   'DENIED NUMERIC_CODE blind Rita Río',        'APPROVED',          '-'),
    ('cannot read it on the way out either',            'visitor inside',                    'qr',        'blind',   'EXIT',  '2026-03-04 12:00', 'method_not_supported',                   'DENIED QR_CODE blind Vera Gómez',           '0 CHECKED_IN',      '-'),
    ('a fingerprint needs no flag',                     '',                                  'finger',    'blind',   'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS BIOMETRIC blind Rita Río',          'APPROVED',          '-'),
    ('nor does anything else',                          '',                                  'other',     'blind',   'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS OTHER blind Rita Río',              'APPROVED',          '-'),
    -- codes nobody has
    ('a long code nobody has costs no guess',           '',                                  'qr nobody', 'main',    'ENTRY', '2026-03-04 12:00', 'unknown_code',                           'DENIED OTHER main Unknown',                 'APPROVED',          '-'),
    ('a short one does',                                '',                                  'nobody',    'main',    'ENTRY', '2026-03-04 12:00', 'unknown_code',                           'DENIED OTHER main Unknown',                 'APPROVED',          '9.0'),
    ('on the way out too',                              '',                                  'nobody',    'main',    'EXIT',  '2026-03-04 12:00', 'unknown_code',                           'DENIED OTHER main Unknown',                 'APPROVED',          '9.0'),
    ('two faults, in order',                            '',                                  'nobody',    'off',     'ENTRY', '2026-03-04 12:00', 'gate_inactive, unknown_code',            'DENIED OTHER off Unknown',                  'APPROVED',          '9.0'),
    ('without a gate it is counted as well',            '',                                  'nobody',    'none',    'ENTRY', '2026-03-04 12:00', 'unknown_code',                           'DENIED OTHER Unknown',                      'APPROVED',          '9.0'),
    ('a handle without digits',                         '',                                  'otp',       'main',    'ENTRY', '2026-03-04 12:00', 'unknown_code',                           'DENIED OTHER main Unknown',                 'APPROVED',          '9.0'),
    ('wrong digits',                                    '',                                  'otp ?',     'main',    'ENTRY', '2026-03-04 12:00', 'unknown_code',                           'DENIED OTHER main Unknown',                 'APPROVED',          '9.0'),
    ('the digits of a step open once',                  'step 7 was used',                   'otp 7',     'main',    'ENTRY', '2026-03-04 12:00', 'unknown_code',                           'DENIED OTHER main Unknown',                 'APPROVED',          '9.0'),
    ('earlier digits not after later ones',             'step 7 was used',                   'otp 6',     'main',    'ENTRY', '2026-03-04 12:00', 'unknown_code',                           'DENIED OTHER main Unknown',                 'APPROVED',          '9.0'),
    ('once, whichever way',                             'step 7 was used',                   'otp 7',     'main',    'EXIT',  '2026-03-04 12:00', 'unknown_code',                           'DENIED OTHER main Unknown',                 'APPROVED',          '9.0'),
    ('the next step opens',                             'step 7 was used',                   'otp 8',     'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS NUMERIC_CODE main Vera Gómez',      '1 CHECKED_IN',      '-'),
    -- the state of the code
    ('a pass cancelled',                                'revoked',                           'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'revoked',                                'DENIED QR_CODE main Vera Gómez',            '0 off APPROVED',    '-'),
    ('a pass cancelled leads out',                      'revoked, visitor inside',           'qr',        'main',    'EXIT',  '2026-03-04 12:00', 'granted; warned: revoked',               'SUCCESS QR_CODE main Vera Gómez',           '0 off CHECKED_OUT', '-'),
    ('used up and cancelled',                           'used up, revoked',                  'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'revoked, no_uses_left',                  'DENIED QR_CODE main Vera Gómez',            '2 off APPROVED',    '-'),
    ('a cancelled number is known, and no guess',                'revoked',                           'number',    'main',    'ENTRY', '2026-03-04 12:00', 'revoked',                                'DENIED NUMERIC_CODE main Vera Gómez',       '0 off APPROVED',    '-'),
    ('a lost tag costs none',                           'lost',                              'tag',       'main',    'ENTRY', '2026-03-04 12:00', 'revoked',                                'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('nor is a lost PIN',                                 'lost',                              'pin',       'main',    'ENTRY', '2026-03-04 12:00', 'revoked',                                'DENIED NUMERIC_CODE main Rita Río',         'APPROVED',          '-'),
    ('a lost tag leads out',                            'lost',                              'tag',       'main',    'EXIT',  '2026-03-04 12:00', 'granted; warned: revoked',               'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    -- windows, half-open, to the second; 1 April is already summer time
    ('a second before it begins',                       '',                                  'qr',        'main',    'ENTRY', '2026-02-28 23:59:59', 'not_yet_valid',                          'DENIED QR_CODE main Vera Gómez',            '0 APPROVED',        '-'),
    ('as it begins',                                    '',                                  'qr',        'main',    'ENTRY', '2026-03-01 00:00:00', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('its last second',                                 '',                                  'qr',        'main',    'ENTRY', '2026-03-31 23:59:59', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('as it ends',                                      '',                                  'qr',        'main',    'ENTRY', '2026-04-01 00:00:00', 'expired',                                'DENIED QR_CODE main Vera Gómez',            '0 APPROVED',        '-'),
    ('and still out',                                   '',                                  'qr',        'main',    'EXIT',  '2026-04-01 00:00:00', 'granted; warned: expired',               'SUCCESS QR_CODE main Vera Gómez',           '0 APPROVED',        '-'),
    ('out before it begins',                            '',                                  'qr',        'main',    'EXIT',  '2026-02-28 23:59:59', 'granted; warned: not_yet_valid',         'SUCCESS QR_CODE main Vera Gómez',           '0 APPROVED',        '-'),
    ('too early even with 15 minutes of grace',         'grace',                             'qr',        'main',    'ENTRY', '2026-02-28 23:44:59', 'not_yet_valid',                          'DENIED QR_CODE main Vera Gómez',            '0 APPROVED',        '-'),
    ('early, within grace',                             'grace',                             'qr',        'main',    'ENTRY', '2026-02-28 23:45:00', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('late, within 10 minutes of grace',                'grace',                             'qr',        'main',    'ENTRY', '2026-04-01 00:09:59', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('too late for grace',                              'grace',                             'qr',        'main',    'ENTRY', '2026-04-01 00:10:00', 'expired',                                'DENIED QR_CODE main Vera Gómez',            '0 APPROVED',        '-'),
    ('the last second of the last day',                 'last day today',                    'tag',       'main',    'ENTRY', '2026-03-04 23:59:59', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    ('midnight at the site',                            'last day today',                    'tag',       'main',    'ENTRY', '2026-03-05 00:00:00', 'expired',                                'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('grace is not for expiry dates',                   'last day today, grace',             'tag',       'main',    'ENTRY', '2026-03-05 00:00:00', 'expired',                                'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('and still out',                                   'last day today',                    'tag',       'main',    'EXIT',  '2026-03-05 00:00:00', 'granted; warned: expired',               'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    -- schedules; 4 March is a Wednesday
    ('a second before eight',                           'office hours',                      'tag',       'main',    'ENTRY', '2026-03-04 07:59:59', 'outside_schedule',                       'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('at eight',                                        'office hours',                      'tag',       'main',    'ENTRY', '2026-03-04 08:00:00', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    ('the last second',                                 'office hours',                      'tag',       'main',    'ENTRY', '2026-03-04 17:59:59', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    ('at six in the evening',                           'office hours',                      'tag',       'main',    'ENTRY', '2026-03-04 18:00:00', 'outside_schedule',                       'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('a pass has hours too',                            'office hours',                      'qr',        'main',    'ENTRY', '2026-03-04 18:00:00', 'outside_schedule',                       'DENIED QR_CODE main Vera Gómez',            '0 APPROVED',        '-'),
    ('and keeps them',                                  'office hours',                      'qr',        'main',    'ENTRY', '2026-03-04 12:00:00', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('after hours one may go',                          'office hours, visitor inside',      'qr',        'main',    'EXIT',  '2026-03-04 18:00:00', 'granted; warned: outside_schedule',      'SUCCESS QR_CODE main Vera Gómez',           '0 CHECKED_OUT',     '-'),
    ('on Saturday',                                     'office hours',                      'tag',       'main',    'ENTRY', '2026-03-07 12:00:00', 'outside_schedule',                       'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('before the grace',                                'office hours, grace',               'tag',       'main',    'ENTRY', '2026-03-04 07:44:59', 'outside_schedule',                       'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('early, within grace',                             'office hours, grace',               'tag',       'main',    'ENTRY', '2026-03-04 07:45:00', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    ('late, within grace',                              'office hours, grace',               'tag',       'main',    'ENTRY', '2026-03-04 18:09:59', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    ('after the grace',                                 'office hours, grace',               'tag',       'main',    'ENTRY', '2026-03-04 18:10:00', 'outside_schedule',                       'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('a holiday',                                       'office hours, holiday',             'tag',       'main',    'ENTRY', '2026-03-04 12:00', 'outside_schedule',                       'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('a holiday that does not matter',                  'office hours, holiday, on holidays too', 'tag',       'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    ('the day after the holiday',                       'office hours, holiday',             'tag',       'main',    'ENTRY', '2026-03-05 12:00', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    ('hours that begin tomorrow',                       'office hours, from tomorrow',       'tag',       'main',    'ENTRY', '2026-03-04 12:00', 'outside_schedule',                       'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('hours on their last day',                         'office hours, until today',         'tag',       'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    ('hours that are over',                             'office hours, until yesterday',     'tag',       'main',    'ENTRY', '2026-03-04 12:00', 'outside_schedule',                       'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('Friday night has not begun',                      'night hours',                       'tag',       'main',    'ENTRY', '2026-03-06 21:59:59', 'outside_schedule',                       'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('Friday night',                                    'night hours',                       'tag',       'main',    'ENTRY', '2026-03-06 22:00:00', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    ('lasts until Saturday at six',                     'night hours',                       'tag',       'main',    'ENTRY', '2026-03-07 05:59:59', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    ('not longer',                                      'night hours',                       'tag',       'main',    'ENTRY', '2026-03-07 06:00:00', 'outside_schedule',                       'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('Thursday night is not Friday night',              'night hours',                       'tag',       'main',    'ENTRY', '2026-03-06 05:00:00', 'outside_schedule',                       'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    -- daylight change: 8 March, 2:00 to 3:00; 1 November, 2:00 back to 1:00
    ('before eight by the new clock',                   'office hours',                      'tag',       'main',    'ENTRY', '2026-03-09 07:59:59', 'outside_schedule',                       'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('eight by the new clock',                          'office hours',                      'tag',       'main',    'ENTRY', '2026-03-09 08:00:00', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    ('before half past one',                            'small hours',                       'tag',       'main',    'ENTRY', '2026-03-08 01:29:59', 'outside_schedule',                       'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('half past one',                                   'small hours',                       'tag',       'main',    'ENTRY', '2026-03-08 01:30:00', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    ('an hour later by the sun, two by the clock',      'small hours',                       'tag',       'main',    'ENTRY', '2026-03-08 03:29:59', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    ('half past three',                                 'small hours',                       'tag',       'main',    'ENTRY', '2026-03-08 03:30:00', 'outside_schedule',                       'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('grace before, in real minutes',                   'small hours, grace',                'tag',       'main',    'ENTRY', '2026-03-08 01:15:00', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    -- where the code is good, and for whom
    ('a pass for another gate',                         'limited to out',                    'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'wrong_gate',                             'DENIED QR_CODE main Vera Gómez',            '0 APPROVED',        '-'),
    ('a pass for this gate',                            'limited to main',                   'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('out through any gate',                            'limited to out',                    'qr',        'main',    'EXIT',  '2026-03-04 12:00', 'granted; warned: wrong_gate',            'SUCCESS QR_CODE main Vera Gómez',           '0 APPROVED',        '-'),
    ('no gate named: no wrong one',                     'limited to out',                    'qr',        'none',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS QR_CODE Vera Gómez',                '1 CHECKED_IN',      '-'),
    ('a tag for another gate',                          'tag limited to out',                'tag',       'main',    'ENTRY', '2026-03-04 12:00', 'wrong_gate',                             'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('the door of one''s own tower',                    '',                                  'tag',       'door A',  'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS RFID door A Rita Río',              'APPROVED',          '-'),
    ('the door of another tower',                       '',                                  'tag',       'door B',  'ENTRY', '2026-03-04 12:00', 'wrong_gate',                             'DENIED RFID door B Rita Río',               'APPROVED',          '-'),
    ('and its guests',                                  '',                                  'qr',        'door B',  'ENTRY', '2026-03-04 12:00', 'wrong_gate',                             'DENIED QR_CODE door B Vera Gómez',          '0 APPROVED',        '-'),
    ('out of another tower',                            '',                                  'qr',        'door B',  'EXIT',  '2026-03-04 12:00', 'granted; warned: wrong_gate',            'SUCCESS QR_CODE door B Vera Gómez',         '0 APPROVED',        '-'),
    ('a number at the wrong gate is known, and no guess',        '',                                  'number',    'door B',  'ENTRY', '2026-03-04 12:00', 'wrong_gate',                             'DENIED NUMERIC_CODE door B Vera Gómez',     '0 APPROVED',        '-'),
    ('a resident not authorised',                       'not authorised',                    'tag',       'main',    'ENTRY', '2026-03-04 12:00', 'person_not_authorized',                  'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('may go',                                          'not authorised',                    'tag',       'main',    'EXIT',  '2026-03-04 12:00', 'granted; warned: person_not_authorized', 'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    ('with the guests',                                 'not authorised',                    'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'person_not_authorized',                  'DENIED QR_CODE main Vera Gómez',            '0 APPROVED',        '-'),
    ('who may go',                                      'not authorised, visitor inside',    'qr',        'main',    'EXIT',  '2026-03-04 12:00', 'granted; warned: person_not_authorized', 'SUCCESS QR_CODE main Vera Gómez',           '0 CHECKED_OUT',     '-'),
    ('the last second at home',                         'moves tomorrow',                    'tag',       'main',    'ENTRY', '2026-03-04 23:59:59', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    ('moved out at midnight of the site',               'moves out today',                   'tag',       'main',    'ENTRY', '2026-03-04 00:00:00', 'moved_out',                              'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('with the guests',                                 'moves out today',                   'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'moved_out',                              'DENIED QR_CODE main Vera Gómez',            '0 APPROVED',        '-'),
    ('who may go',                                      'moves out today, visitor inside',   'qr',        'main',    'EXIT',  '2026-03-04 12:00', 'granted; warned: moved_out',             'SUCCESS QR_CODE main Vera Gómez',           '0 CHECKED_OUT',     '-'),
    ('a visit refused',                                 'visit denied',                      'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'visit_denied',                           'DENIED QR_CODE main Vera Gómez',            '0 DENIED',          '-'),
    ('may go',                                          'visit denied',                      'qr',        'main',    'EXIT',  '2026-03-04 12:00', 'granted; warned: visit_denied',          'SUCCESS QR_CODE main Vera Gómez',           '0 DENIED',          '-'),
    ('a visit that waits',                              'visit pending',                     'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'approval_pending',                       'DENIED QR_CODE main Vera Gómez',            '0 PENDING',         '-'),
    ('may go',                                          'visit pending',                     'qr',        'main',    'EXIT',  '2026-03-04 12:00', 'granted; warned: approval_pending',      'SUCCESS QR_CODE main Vera Gómez',           '0 PENDING',         '-'),
    -- the block list
    ('the name is on it',                               'name blocked',                      'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'blocklisted',                            'DENIED QR_CODE main Vera Gómez',            '0 APPROVED',        '-'),
    ('the document is on it',                           'document blocked',                  'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'blocklisted',                            'DENIED QR_CODE main Vera Gómez',            '0 APPROVED',        '-'),
    ('the phone is on it',                              'phone blocked',                     'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'blocklisted',                            'DENIED QR_CODE main Vera Gómez',            '0 APPROVED',        '-'),
    ('the plate is on it',                              'plate blocked',                     'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'blocklisted',                            'DENIED QR_CODE main Vera Gómez',            '0 APPROVED',        '-'),
    ('on the list, and out',                            'name blocked, visitor inside',      'qr',        'main',    'EXIT',  '2026-03-04 12:00', 'granted; warned: blocklisted',           'SUCCESS QR_CODE main Vera Gómez',           '0 CHECKED_OUT',     '-'),
    ('residents too',                                   'Rita blocked',                      'tag',       'main',    'ENTRY', '2026-03-04 12:00', 'blocklisted',                            'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('the entry has ended this second',                 'name blocked, block ended',         'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('it ends in the next',                             'name blocked, block ends',          'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'blocklisted',                            'DENIED QR_CODE main Vera Gómez',            '0 APPROVED',        '-'),
    ('the entry is switched off',                       'name blocked, block off',           'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('another community''s list',                       'elsewhere blocked',                 'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('alike, accent differs: for a human',              'accent differs',                    'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'granted; attention',                     'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('alike, a letter wrong: for a human',              'a letter wrong',                    'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'granted; attention',                     'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('alike, a letter missing: for a human',            'a letter missing',                  'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'granted; attention',                     'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('alike, plate one off: for a human',               'plate one off',                     'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'granted; attention',                     'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('two letters are another name',                    'two letters wrong',                 'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('on it, and alike to another',                     'name blocked, a letter wrong',      'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'blocklisted; attention',                 'DENIED QR_CODE main Vera Gómez',            '0 APPROVED',        '-'),
    ('nobody is on no list',                            'name blocked',                      'qr nobody', 'main',    'ENTRY', '2026-03-04 12:00', 'unknown_code',                           'DENIED OTHER main Unknown',                 'APPROVED',          '-'),
    -- guessing
    ('the last guess',                                  'one guess left',                    'nobody',    'main',    'ENTRY', '2026-03-04 12:00', 'unknown_code',                           'DENIED OTHER main Unknown',                 'APPROVED',          '0.0'),
    ('no guess left: not looked at',                    'no guess left',                     'nobody',    'main',    'ENTRY', '2026-03-04 12:00', 'throttled; retry 30',                    'DENIED OTHER main Unknown',                 'APPROVED',          '0.0'),
    ('not even a good number',                          'no guess left',                     'number',    'main',    'ENTRY', '2026-03-04 12:00', 'throttled; retry 30',                    'DENIED OTHER main Unknown',                 'APPROVED',          '0.0'),
    ('nor letters',                                     'no guess left',                     'letters',   'main',    'ENTRY', '2026-03-04 12:00', 'throttled; retry 30',                    'DENIED OTHER main Unknown',                 'APPROVED',          '0.0'),
    ('nor a PIN',                                       'no guess left',                     'pin',       'main',    'ENTRY', '2026-03-04 12:00', 'throttled; retry 30',                    'DENIED OTHER main Unknown',                 'APPROVED',          '0.0'),
    ('nor a one-time code',                             'no guess left',                     'otp 7',     'main',    'ENTRY', '2026-03-04 12:00', 'throttled; retry 30',                    'DENIED OTHER main Unknown',                 'APPROVED',          '0.0'),
    ('QR passes open',                                  'no guess left',                     'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '0.0'),
    ('tags open',                                       'no guess left',                     'tag',       'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '0.0'),
    ('fingerprints open',                               'no guess left',                     'finger',    'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS BIOMETRIC main Rita Río',           'APPROVED',          '0.0'),
    ('an unknown long code is just that',               'no guess left',                     'qr nobody', 'main',    'ENTRY', '2026-03-04 12:00', 'unknown_code',                           'DENIED OTHER main Unknown',                 'APPROVED',          '0.0'),
    ('out with a number all the same',                  'no guess left, visitor inside',     'number',    'main',    'EXIT',  '2026-03-04 12:00', 'granted',                                'SUCCESS NUMERIC_CODE main Vera Gómez',      '0 CHECKED_OUT',     '0.0'),
    ('a wrong one on the way out is looked at',         'no guess left',                     'nobody',    'main',    'EXIT',  '2026-03-04 12:00', 'unknown_code',                           'DENIED OTHER main Unknown',                 'APPROVED',          '0.0'),
    ('a minute later one is back; a success takes none', 'no guess left, a minute later',     'number',    'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS NUMERIC_CODE main Vera Gómez',      '1 CHECKED_IN',      '0.0'),
    ('one log row a minute',                            'no guess left, logged already',     'number',    'main',    'ENTRY', '2026-03-04 12:00', 'throttled; retry 30',                    'none',                                      'APPROVED',          '0.0'),
    ('another gate is not concerned',                   'no guess left',                     'number',    'door A',  'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS NUMERIC_CODE door A Vera Gómez',    '1 CHECKED_IN',      '-'),
    ('nor this one by another',                         'other gate closed',                 'number',    'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS NUMERIC_CODE main Vera Gómez',      '1 CHECKED_IN',      '-'),
    ('the hundredth of the day switches short codes off', '99 wrong today',                    'nobody',    'main',    'ENTRY', '2026-03-04 12:00', 'unknown_code',                           'DENIED OTHER main Unknown',                 'APPROVED',          '4.0 off'),
    ('yesterday does not count',                        '99 yesterday',                      'nobody',    'main',    'ENTRY', '2026-03-04 12:00', 'unknown_code',                           'DENIED OTHER main Unknown',                 'APPROVED',          '4.0'),
    ('off until a guard looks',                         'short codes off',                   'number',    'main',    'ENTRY', '2026-03-04 12:00', 'throttled; retry 3600',                  'DENIED OTHER main Unknown',                 'APPROVED',          '10.0 off'),
    ('QR passes open',                                  'short codes off',                   'qr',        'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '10.0 off'),
    ('and numbers lead out',                            'short codes off, visitor inside',   'number',    'main',    'EXIT',  '2026-03-04 12:00', 'granted',                                'SUCCESS NUMERIC_CODE main Vera Gómez',      '0 CHECKED_OUT',     '10.0 off'),
    ('a known code for the fourth time in an hour',      'revoked, shown thrice',             'number',   'main',    'ENTRY', '2026-03-04 12:00', 'revoked',                                'DENIED NUMERIC_CODE main Vera Gómez',       '0 off APPROVED',    '9.0'),
    ('a long one never',                                 'revoked, shown thrice',             'qr',       'main',    'ENTRY', '2026-03-04 12:00', 'revoked',                                'DENIED QR_CODE main Vera Gómez',            '0 off APPROVED',    '-'),
    ('nor an hour later',                                'revoked, shown long ago',           'number',   'main',    'ENTRY', '2026-03-04 12:00', 'revoked',                                'DENIED NUMERIC_CODE main Vera Gómez',       '0 off APPROVED',    '-'),
    ('a tag takes no typed guess',                       'lost, shown thrice',                'tag',      'main',    'ENTRY', '2026-03-04 12:00', 'revoked',                                'DENIED RFID main Rita Río',                 'APPROVED',          '-'),
    ('tags closed: not looked at',                       'no tag left',                       'tag',      'main',    'ENTRY', '2026-03-04 12:00', 'throttled; retry 30',                    'DENIED OTHER main Unknown',                 'APPROVED',          '-'),
    ('nor fingerprints, whatever they are called',       'no tag left',                       'finger',   'main',    'ENTRY', '2026-03-04 12:00', 'throttled; retry 30',                    'DENIED OTHER main Unknown',                 'APPROVED',          '-'),
    ('numbers open',                                     'no tag left',                       'number',   'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS NUMERIC_CODE main Vera Gómez',      '1 CHECKED_IN',      '-'),
    ('and QR passes',                                    'no tag left',                       'qr',       'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('a tag leads out',                                  'no tag left',                       'tag',      'main',    'EXIT', '2026-03-04 12:00', 'granted',                                'SUCCESS RFID main Rita Río',                'APPROVED',          '-'),
    ('who tried too many is not looked at anywhere',     'caller paused',                     'number',   'main',    'ENTRY', '2026-03-04 12:00', 'throttled; retry 180',                   'DENIED OTHER main Unknown',                 'APPROVED',          '10.0'),
    ('nor by tag',                                       'caller paused',                     'tag',      'main',    'ENTRY', '2026-03-04 12:00', 'throttled; retry 180',                   'DENIED OTHER main Unknown',                 'APPROVED',          '-'),
    ('but by a QR pass',                                 'caller paused',                     'qr',       'main',    'ENTRY', '2026-03-04 12:00', 'granted',                                'SUCCESS QR_CODE main Vera Gómez',           '1 CHECKED_IN',      '-'),
    ('and out goes who is inside',                       'caller paused, visitor inside',     'number',   'main',    'EXIT', '2026-03-04 12:00', 'granted',                                'SUCCESS NUMERIC_CODE main Vera Gómez',      '0 CHECKED_OUT',     '-'),
    ('closed: an exit does not know who is outside',     'no guess left',                     'number',   'main',    'EXIT', '2026-03-04 12:00', 'unknown_code',                           'DENIED OTHER main Unknown',                 'APPROVED',          '0.0'),
    ('nor after a wrong one, for a while',               'no guess left, exit failed, visitor inside', 'number',   'main',    'EXIT', '2026-03-04 12:00', 'throttled; retry 2',                     'DENIED OTHER main Unknown',                 'CHECKED_IN',        '0.0'),
    ('and longer for who tried too many',                'no guess left, exit failed, caller paused, visitor inside', 'number',   'main',    'EXIT', '2026-03-04 12:00', 'throttled; retry 6',                     'DENIED OTHER main Unknown',                 'CHECKED_IN',        '0.0'),
    ('a PIN leads out',                                  'no guess left',                     'pin',      'main',    'EXIT', '2026-03-04 12:00', 'granted',                                'SUCCESS NUMERIC_CODE main Rita Río',        'APPROVED',          '0.0'),
    -- everything at once, in the order of the rules
    ('an entry',                                        'used up, revoked, office hours, limited to out, moves out today, visit denied, name blocked', 'number',    'blind',   'ENTRY', '2026-04-01 18:00', 'method_not_supported, revoked, expired, outside_schedule, no_uses_left, wrong_gate, moved_out, visit_denied, blocklisted', 'DENIED NUMERIC_CODE blind Vera Gómez',      '2 off DENIED',      '-'),
    ('an exit',                                         'used up, revoked, office hours, limited to main, moves out today, visit pending, name blocked', 'qr',        'out',     'EXIT',  '2026-04-01 18:00', 'granted; warned: revoked, expired, outside_schedule, no_uses_left, moved_out, approval_pending, blocklisted', 'SUCCESS QR_CODE out Vera Gómez',            '2 off PENDING',     '-'),
    ('a resident',                                      'lost, last day today, office hours, tag limited to out, not authorised, moves out today, Rita blocked', 'tag',       'off',     'ENTRY', '2026-03-05 18:00', 'gate_inactive, revoked, expired, outside_schedule, wrong_gate, person_not_authorized, moved_out, blocklisted', 'DENIED RFID off Rita Río',                  'APPROVED',          '-'),
    ('throttled stands alone',                          'no guess left, visit denied, revoked', 'number',    'main',    'ENTRY', '2026-03-04 12:00', 'throttled; retry 30',                    'DENIED OTHER main Unknown',                 'DENIED',            '0.0');

select is(
    pg_temp.situation(s.conditions, s.code, s.gate, s.way, s.at),
    array[s.verdict, s.log_row, s.uses_and_visit, s.guesses],
    s.n || ': ' || s.situation)
from situations s order by s.n;
select cmp_ok(count(*)::integer, '>=', 80, 'at least 80 situations') from situations;
select is_empty($$select u.name from situations s, unnest(string_to_array(nullif(s.conditions, ''), ', ')) u (name)
    where u.name not in (select name from conditions)$$, 'every condition is known');

-- Whatever time zone the session has: that of the site counts.
set local timezone = 'Pacific/Kiritimati';
-- On 1 November half past one comes twice; hours by the clock on the wall hold both times, and rest in between. Grace is
-- real time.
select is(garita.schedule_holds(9033, moment, 'America/Tijuana', '0', '0'), holds, moment::text)
from (values
    ('2026-11-01 08:29:59+00'::timestamptz, false), ('2026-11-01 08:30:00+00', true), ('2026-11-01 08:59:59+00', true),
    ('2026-11-01 09:00:00+00', false), ('2026-11-01 09:29:59+00', false), ('2026-11-01 09:30:00+00', true),
    ('2026-11-01 11:29:59+00', true), ('2026-11-01 11:30:00+00', false)) c (moment, holds);
select is(garita.schedule_holds(9033, moment, 'America/Tijuana', '15 minutes', '10 minutes'), holds, 'with grace ' || moment)
from (values
    ('2026-11-01 08:14:59+00'::timestamptz, false), ('2026-11-01 08:15:00+00', true), ('2026-11-01 09:00:00+00', true),
    ('2026-11-01 09:09:59+00', true), ('2026-11-01 09:10:00+00', false), ('2026-11-01 09:14:59+00', false), ('2026-11-01 09:15:00+00', true),
    ('2026-11-01 11:39:59+00', true), ('2026-11-01 11:40:00+00', false)) c (moment, holds);


-- Against the definition: some minute within the grace at which the wall's clock shows the hours. Both changes of three zones
-- (Santiago's are at midnight), hours over midnight too, grace before and after.
create function pg_temp.holds_by_minute(p_schedule bigint, p_now timestamptz, p_zone text, p_before interval, p_after interval) returns boolean
language sql as $$
    select coalesce(bool_or(exists (
        select from garita.schedules s, (values (wall::date), (wall::date - 1)) d (day)
        where s.id = p_schedule and s.weekdays & (1 << extract(isodow from d.day)::integer - 1) <> 0
            and wall >= d.day + s.starts_at
            and wall < d.day + s.ends_at + case when s.ends_at <= s.starts_at then interval '1 day' else interval '0' end)), false)
    from generate_series(p_now - p_after, p_now + p_before, interval '1 minute') m (moment),
        lateral (select m.moment at time zone p_zone) w (wall)
$$;
insert into garita.schedules (id, site_id, name, weekdays, starts_at, ends_at) overriding system value values
    (9041, 9003, 'within the hour', 127, '01:15', '01:45'), (9042, 9003, 'skipped', 127, '02:10', '02:50'), (9043, 9003, 'over midnight', 127, '23:20', '00:40'),
    (9044, 9003, 'until the change', 127, '00:00', '02:00'), (9045, 9003, 'Sunday', 64, '00:30', '03:00'), (9046, 9003, 'all Saturday night', 32, '22:00', '06:00');
select is_empty(format($$
    select c.zone, s.name, m.moment, g.before, g.after
    from (values ('America/Tijuana', '2026-03-08 10:00+00'::timestamptz), ('America/Tijuana', '2026-11-01 09:00+00'),
        ('Europe/Madrid', '2026-03-29 01:00+00'), ('Europe/Madrid', '2026-10-25 01:00+00'),
        ('America/Santiago', '2026-04-05 03:00+00'), ('America/Santiago', '2026-09-06 04:00+00')) c (zone, change)
    cross join garita.schedules s
    cross join (values (interval '0', interval '0'), ('30 minutes', '0'), ('0', '30 minutes'), ('90 minutes', '45 minutes')) g (before, after)
    cross join generate_series(c.change - interval '5 hours', c.change + interval '5 hours', interval '10 minutes') m (moment)
    where s.id between 9041 and 9046
        and garita.schedule_holds(s.id, m.moment, c.zone, g.before, g.after)
            is distinct from pg_temp.holds_by_minute(s.id, m.moment, c.zone, g.before, g.after)$$),
    'grace is real time across every change');

select * from finish();
rollback;
