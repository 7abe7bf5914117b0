-- Twin of api.validate_code: the situations of a gate, as a table of cases.
begin;
\ir ../community.psql

-- The codes that the cases show.
select pg_temp.pass('good', 9001), pg_temp.pass('two', 9001, p_uses => 2), pg_temp.pass('point', 9001, p_uses => 9),
    pg_temp.pass('future', 9001, p_from => '1 hour', p_until => '2 hours'), pg_temp.pass('past', 9001, p_until => '-1 second'),
    pg_temp.pass('used', 9001, p_used => 1, p_active => false), pg_temp.pass('revoked', 9001, p_revoked => true),
    pg_temp.pass('spent-revoked', 9001, p_used => 1, p_revoked => true), pg_temp.pass('pending', 9002),
    pg_temp.pass('denied', 9003), pg_temp.pass('host-moved', 9005), pg_temp.pass('number', 9001, 'NUMERIC'),
    pg_temp.pass('letters', 9001, 'ALPHANUMERIC', 9), pg_temp.pass('otp', 9001, 'OTP', 9),
    pg_temp.pass('worst', 9003, p_used => 1, p_until => '-1 second', p_revoked => true),
    pg_temp.pass('foreign', 9006), pg_temp.pass('reborn', 9001, p_used => 1, p_active => false),
    pg_temp.pass('reborn', 9004)
\g /dev/null
select pg_temp.key('tag', 9003), pg_temp.key('pin', 9003, 'PIN'), pg_temp.key('finger', 9003, 'BIOMETRIC'),
    pg_temp.key('other', 9003, 'OTHER'), pg_temp.key('lost', 9003, p_active => false),
    pg_temp.key('banned', 9005), pg_temp.key('moved', 9008),
    pg_temp.key('today', 9003, p_expiry => (now() at time zone 'America/Mexico_City')::date),
    pg_temp.key('yesterday', 9003, p_expiry => (now() at time zone 'America/Mexico_City')::date - 1),
    pg_temp.key('palm-today', 9009, p_expiry => (now() at time zone 'Pacific/Kiritimati')::date),
    pg_temp.key('palm-yesterday', 9009, p_expiry => (now() at time zone 'Pacific/Kiritimati')::date - 1),
    pg_temp.key('only-in', 9003), pg_temp.key('limited', 9003)
\g /dev/null
insert into garita.access_code_points (site_id, access_code_id, access_point_id)
select 9001, c.id, 9004 from garita.access_codes c where c.code_tag = pg_temp.tag('limited');

select is(pg_temp.verdict(c.code, c.point, c.direction), c.verdict, c.situation)
from (values
    -- situation                                               code         point  direction verdict
    ('an announced guest comes in',                            'good',        9001, 'ENTRY', 'granted'),
    ('one use means one',                                      'good',        9001, 'ENTRY', 'refused: no_uses_left'),
    ('the guest leaves with the used-up code',                 'good',        9001, 'EXIT',  'granted; warned: no_uses_left'),
    ('two uses: the first',                                    'two',         9001, 'ENTRY', 'granted'),
    ('leaving spends nothing',                                 'two',         9001, 'EXIT',  'granted'),
    ('two uses: the second',                                   'two',         9001, 'ENTRY', 'granted'),
    ('two uses: there is no third',                            'two',         9001, 'ENTRY', 'refused: no_uses_left'),
    ('a resident''s tag opens, again and again',               'tag',         9001, 'ENTRY', 'granted'),
    ('a resident''s tag opens the way out',                    'tag',         9005, 'EXIT',  'granted'),
    ('a gate switched off lets nobody in',                     'point',       9003, 'ENTRY', 'refused: gate_inactive'),
    ('a gate switched off lets nobody out',                    'point',       9003, 'EXIT',  'refused: gate_inactive'),
    ('in through the way out',                                 'point',       9005, 'ENTRY', 'refused: wrong_direction'),
    ('out through the way in',                                 'point',       9004, 'EXIT',  'refused: wrong_direction'),
    ('a gate that reads no QR',                                'point',       9006, 'ENTRY', 'refused: method_not_supported'),
    ('a gate that reads no tag',                               'tag',         9006, 'ENTRY', 'refused: method_not_supported'),
    ('a gate without keypad refuses numbers',                  'number',      9006, 'ENTRY', 'refused: method_not_supported'),
    ('a gate without keypad refuses letters',                  'letters',     9006, 'ENTRY', 'refused: method_not_supported'),
    ('a gate without keypad refuses PINs, also on exit',       'pin',         9006, 'EXIT',  'refused: method_not_supported'),
    ('a fingerprint needs no flag',                            'finger',      9006, 'ENTRY', 'granted'),
    ('another kind of code needs no flag',                     'other',       9006, 'ENTRY', 'granted'),
    ('a code nobody has',                                      'nothing',     9001, 'ENTRY', 'refused: unknown_code'),
    ('a code nobody has does not lead out either',             'nothing',     9001, 'EXIT',  'refused: unknown_code'),
    ('a code of another community',                            'foreign',     9001, 'ENTRY', 'refused: unknown_code'),
    ('every fault of gate and code, in the order of the rules', 'nothing',    9003, 'ENTRY', 'refused: gate_inactive, unknown_code'),
    ('a revoked pass',                                         'revoked',     9001, 'ENTRY', 'refused: revoked'),
    ('a revoked pass leads out',                               'revoked',     9001, 'EXIT',  'granted; warned: revoked'),
    ('a used-up pass is not called revoked',                   'used',        9001, 'ENTRY', 'refused: no_uses_left'),
    ('used up, then revoked',                                  'spent-revoked', 9001, 'ENTRY', 'refused: revoked, no_uses_left'),
    ('a lost tag',                                             'lost',        9001, 'ENTRY', 'refused: revoked'),
    ('before the window',                                      'future',      9001, 'ENTRY', 'refused: not_yet_valid'),
    ('after the window',                                       'past',        9001, 'ENTRY', 'refused: expired'),
    ('after the window, out',                                  'past',        9001, 'EXIT',  'granted; warned: expired'),
    ('a tag on its last day',                                  'today',       9001, 'ENTRY', 'granted'),
    ('a tag the day after',                                    'yesterday',   9001, 'ENTRY', 'refused: expired'),
    ('a door of another tower',                                'point',       9002, 'ENTRY', 'refused: wrong_gate'),
    ('out through the door of another tower',                  'point',       9002, 'EXIT',  'granted; warned: wrong_gate'),
    ('a tag of tower A at tower B',                            'tag',         9002, 'ENTRY', 'refused: wrong_gate'),
    ('a tag limited to other gates',                           'limited',     9001, 'ENTRY', 'refused: wrong_gate'),
    ('a tag at the gate it is limited to',                     'limited',     9004, 'ENTRY', 'granted'),
    ('a resident who is not authorised',                       'banned',      9001, 'ENTRY', 'refused: person_not_authorized'),
    ('a resident who moved out',                               'moved',       9001, 'ENTRY', 'refused: moved_out'),
    ('the guest of somebody who moved out',                    'host-moved',  9001, 'ENTRY', 'refused: moved_out'),
    ('a refused visit',                                        'denied',      9001, 'ENTRY', 'refused: visit_denied'),
    ('a visit that waits for approval',                        'pending',     9001, 'ENTRY', 'refused: approval_pending'),
    ('nobody is trapped for want of approval',                 'pending',     9001, 'EXIT',  'granted; warned: approval_pending'),
    ('everything at once, in the order of the rules',          'worst',       9002, 'ENTRY',
        'refused: revoked, expired, no_uses_left, wrong_gate, visit_denied'),
    ('a number drawn again belongs to the living visit',       'reborn',      9001, 'ENTRY', 'granted'),
    ('a gate of another community: the code is not looked at', 'tag',         9007, 'ENTRY', 'refused: unknown_access_point'),
    ('a gate that does not exist, on exit',                    'tag',         1,    'EXIT',  'refused: unknown_access_point'),
    ('without a gate its lines are skipped',                   'tag',         null, 'ENTRY', 'granted'),
    ('without a gate the person still counts',                 'banned',      null, 'ENTRY', 'refused: person_not_authorized')
) c (situation, code, point, direction, verdict);

select is(pg_temp.verdict('palm-today', 9007, 'ENTRY', 9006), 'granted', 'east of UTC the last day ends at its own midnight');
select is(pg_temp.verdict('palm-yesterday', 9007, 'ENTRY', 9006), 'refused: expired', 'east of UTC too the day after is too late');

-- Who may ask.
select throws_ok(format('select pg_temp.verdict(%L, 9001, %L, %s)', 'tag', 'ENTRY', c.caller), c.state, null, c.situation)
from (values
    (9003, 'GA403', 'a resident opens no gate'),
    (9005, 'GA401', 'a disabled guard opens no gate'),
    (1, 'GA401', 'an account that is gone opens no gate')
) c (caller, state, situation);
select throws_ok($$select pg_temp.verdict('tag', 9001, 'SIDEWAYS')$$, 'GA400', null, 'there are two directions');
select throws_ok($$select pg_temp.verdict('tag', 9001, null)$$, 'GA400', null, 'a direction is needed');
select is(pg_temp.verdict('tag', p_user => 9001), 'granted', 'an administrator may');

-- What a grant changes, and what it does not.
select pg_temp.pass('life', 9004, p_uses => 2) \g /dev/null
select results_eq(
    $$select v.granted, v.person_type, v.person_name, v.unit, v.code_kind, v.uses_left, v.visitor_id, v.access_point_known
        from api.validate_code(9002, 1, 9002, null, null, array[pg_temp.tag('life')], 'fe', '{}', null, null, 9001, 'ENTRY', null, null, 't1', '10.0.0.1') v$$,
    $$values (true, 'visitor', 'Dan Cuatro', 'A-102', 'temporary', 1, 9004::bigint, true)$$, 'the answer names person, home and uses left');
select results_eq(
    $$select status, check_in_time is not null, check_out_time is null from garita.visitors where id = 9004$$,
    $$values ('CHECKED_IN', true, true)$$, 'an entry checks the visitor in');
select is(pg_temp.verdict('life', p_direction => 'EXIT'), 'granted', 'the visitor leaves');
select results_eq(
    $$select v.status, v.check_out_time is not null, t.times_used, t.times_used < t.max_uses, t.last_used_at is not null
        from garita.visitors v join garita.credentials t on t.visitor_id = v.id and t.code_tag = pg_temp.tag('life')$$,
    $$values ('CHECKED_OUT', true, 1, true, true)$$, 'an exit checks out and spends nothing');
select is(pg_temp.verdict('life'), 'granted', 'and comes back');
select results_eq(
    $$select v.status, v.check_out_time is null, t.times_used, t.times_used < t.max_uses, not t.is_revoked
        from garita.visitors v join garita.credentials t on t.visitor_id = v.id and t.code_tag = pg_temp.tag('life')$$,
    $$values ('CHECKED_IN', true, 2, false, true)$$, 'the last use ends the code without revoking it');
select is(pg_temp.verdict('number', 9006), 'refused: method_not_supported', 'a refusal again');
select is(pg_temp.uses('number'), 0, 'a refusal spends nothing');
select is((select status from garita.visitors where id = 9003), 'DENIED', 'a refused visitor is not moved');

-- The log: exactly one row each, and never the code.
create temporary table before_it on commit drop as select coalesce(max(id), 0) as id from garita.access_logs;
select pg_temp.verdict('tag'), pg_temp.verdict('nothing'), pg_temp.verdict('number', 9001, 'ENTRY'), pg_temp.verdict('tag', 1) \g /dev/null
select results_eq(
    $$select l.person_name, l.status, l.reasons, l.access_method, l.resident_id, l.visitor_id, l.access_point_name, l.code_hint,
            l.code_tag is not null, l.authorized_by, l.request_id, l.ip_address, l.unit_display
        from garita.access_logs l, before_it where l.id > before_it.id order by l.id$$,
    $$values
        ('Rosa Mar', 'SUCCESS', '{}'::text[], 'RFID', 9003::bigint, null::bigint, 'Main', 'ag', true, 9002::bigint, 'test', '10.0.0.1', 'A-101'),
        ('Unknown', 'DENIED', '{unknown_code}', 'OTHER', null, null, 'Main', 'ng', true, 9002, 'test', '10.0.0.1', ''),
        ('Ana Uno', 'SUCCESS', '{}', 'NUMERIC_CODE', null, 9001, 'Main', 'er', true, 9002, 'test', '10.0.0.1', 'A-101'),
        ('Unknown', 'DENIED', '{unknown_access_point}', 'OTHER', null, null, '', 'ag', true, 9002, 'test', '10.0.0.1', '')$$,
    'every attempt is one row, refused and unknown ones too');
select is_empty($$select from garita.audit where table_name in ('visitors', 'temporary_codes') and action = 'UPDATE'$$,
    'the gate''s own changes are recorded by the log, not a second time');

-- Two tags while the tag key changes.
select ok((select v.granted from api.validate_code(
    9002, 1, 9002, null, null, array[pg_temp.tag('new key'), pg_temp.tag('tag')], 'ag', '{}', null, null, 9001, 'ENTRY', null, null, '', '') v), 'the older tag key still finds its codes');

-- The last day ends at the midnight of the site, west of UTC and east of it, whatever the zone of the session.
create function pg_temp.at(p_code text, p_user bigint, p_point bigint, p_now timestamptz, p_step bigint default null, p_way text default 'ENTRY') returns text language sql as $$
    select case when v.granted then 'granted' else array_to_string(v.reasons, ', ') end
    from garita.decide(p_user, 1, p_user, null, null, array[pg_temp.tag(p_code)], 'xx', case when p_step is null then '{}' else array[pg_temp.tag(p_code)] end, p_step,
        null, p_point, p_way, null, null, '', '', p_now) v
$$;
select (clock_timestamp() at time zone 'UTC')::date + 1 as day \gset
select pg_temp.key('west', 9003, 'RFID', true, :'day'), pg_temp.key('east', 9009, 'RFID', true, :'day') \g /dev/null
select is(pg_temp.at(c.code, c.by, c.point, (:'day'::date + c.wall) at time zone c.zone), c.verdict, c.zone || ' ' || c.wall || ' ' || z.zone)
from (values
    ('west', 9002, 9001, 'America/Mexico_City', interval '23:59:59.999999', 'granted'), ('west', 9002, 9001, 'America/Mexico_City', '24:00', 'expired'),
    ('west', 9002, 9001, 'America/Mexico_City', '18:00', 'granted'),
    ('east', 9006, 9007, 'Pacific/Kiritimati', '23:59:59.999999', 'granted'), ('east', 9006, 9007, 'Pacific/Kiritimati', '24:00', 'expired'),
    ('east', 9006, 9007, 'Pacific/Kiritimati', '00:00', 'granted')) c (code, by, point, zone, wall, verdict),
    (values ('UTC'), ('Asia/Tokyo')) z (zone), lateral (select set_config('timezone', z.zone, true)) as zoned (name)
where zoned.name is not null;

-- A clock that is put back or forward an hour gives back no use and no step.
select pg_temp.pass('once', 9001, 'QR', 1, p_from => '-5 hours', p_until => '5 hours'), pg_temp.pass('steps', 9001, 'OTP', 9, p_from => '-5 hours', p_until => '5 hours') \g /dev/null
select is(pg_temp.at('once', 9002, 9001, now()), 'granted', 'the one entry');
select is(pg_temp.at('once', 9002, 9001, now() + hour), 'no_uses_left', 'used stays used ' || hour) from unnest(array[interval '-1 hour', '1 hour']) hour;
select is(pg_temp.at('steps', 9002, 9001, now(), 1000), 'granted', 'a step');
select is(pg_temp.at('steps', 9002, 9001, now() + hour, step), 'unknown_code', 'a step that is over stays over ' || hour)
from (values (interval '-1 hour', 880), ('-1 hour', 1000), ('1 hour', 1000)) c (hour, step);

select * from finish();
rollback;
