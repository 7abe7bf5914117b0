-- Twin of garita.weigh_guess, garita.kinds_of_text, garita.charge_guess, garita.count_guess, garita.count_failure,
-- garita.count_throttled, garita.exit_wait, garita.close_gates and api.acknowledge_gate: wrong codes per gate, caller, site.
begin;
\ir ../community.psql
select pg_temp.pass('number', 9001, 'NUMERIC', 99, p_until => '5 days'), pg_temp.pass('qr', 9001, 'QR', 99, p_until => '5 days'),
    pg_temp.pass('letters', 9001, 'ALPHANUMERIC', 99, p_until => '5 days'), pg_temp.key('tag', 9003) \g /dev/null
update garita.temporary_codes set code_sealed = pg_temp.sealed(case code_type when 'QR' then 26 when 'NUMERIC' then 6 else 8 end) where site_id = 9001;
update garita.access_codes set code_sealed = pg_temp.sealed(10) where site_id = 9001;

create function pg_temp.shape(p_code text) returns text language sql as $$
    select case when p_code like 'qr%' then null when p_code like '%tag%' then 'AAAA999999' when p_code like '%letters%' then 'A9A9AAA9' else '999999' end
$$;
create function pg_temp.try(p_code text, p_at timestamptz, p_point bigint default 9001, p_way text default 'ENTRY', p_user bigint default 9002) returns text language sql as $$
    select case when v.granted then 'granted' else array_to_string(v.reasons, ', ') end || coalesce(' ' || v.retry_after, '')
        || case when v.log_id is null then ' unlogged' else '' end
    from garita.decide(p_user, 1, p_user, null, null, array[pg_temp.tag(p_code)], 'xx', '{}', null, pg_temp.shape(p_code), p_point, p_way, null, null, '', '', p_at) v
$$;
-- So that one test is about gates and another about callers.
create function pg_temp.forgive() returns void language sql as $$ delete from garita.guess_counts $$;
create function pg_temp.open_gates() returns void language sql as $$ delete from garita.gate_throttles $$;
-- Noon of the site, so that no midnight falls into it.
select (current_date + 1 + time '12:00') at time zone 'America/Mexico_City' as t \gset

select is(pg_temp.try('wrong', :'t'), 'unknown_code', 'wrong guess ' || n) from generate_series(1, 10) n;
select is(pg_temp.try('wrong', :'t'), 'throttled 60', 'the eleventh is not looked at');
select is(pg_temp.try('number', :'t'), 'throttled 60 unlogged', 'nor a right one; one log row a minute');
select is(pg_temp.try('letters', :'t'), 'throttled 60 unlogged', 'nor right letters');
select is(pg_temp.try('wrong', :'t'::timestamptz + interval '59 seconds'), 'throttled 1 unlogged', 'a second too early');
select is(pg_temp.try('qr', :'t'), 'granted', 'a QR pass opens meanwhile');
select is(pg_temp.try('tag', :'t'), 'granted', 'and a tag');
select is(pg_temp.try('number', :'t', 9004), 'granted', 'so does the number at another gate');
select is(pg_temp.try('number', :'t', 9001, 'EXIT'), 'granted', 'and it leads out, for the visitor is inside by now');
select is(pg_temp.try('number', :'t'::timestamptz + interval '60 seconds'), 'granted', 'a minute later one is back');
select is(pg_temp.try('number', :'t'::timestamptz + interval '60 seconds'), 'granted', 'which a success does not take');
select is(pg_temp.try('wrong', :'t'::timestamptz + interval '60 seconds'), 'unknown_code', 'but a failure');
select is(pg_temp.try('number', :'t'::timestamptz + interval '60 seconds'), 'throttled 60', 'closed again: a new minute, a new row');
select is((select notes like '3 more in the minute of %' from garita.access_logs order by id desc limit 1), true, 'that says how many were not logged');
select pg_temp.forgive() \g /dev/null
select is(pg_temp.try('wrong', :'t'::timestamptz + interval '20 minutes'), 'unknown_code', 'twenty minutes later') from generate_series(1, 10);
select is(pg_temp.try('wrong', :'t'::timestamptz + interval '20 minutes'), 'throttled 60', 'there are ten, not twenty');
select is((select day_failures from garita.gate_throttles where access_point_id = 9001), 21, 'all are counted, what is not looked at is not');

-- Tags have a bucket of their own.
select pg_temp.forgive(), pg_temp.open_gates() \g /dev/null
select is(pg_temp.try('wrong tag', :'t'), 'unknown_code', 'wrong tag ' || n) from generate_series(1, 10) n;
select is(pg_temp.try('tag', :'t'), 'throttled 60', 'ten wrong tags close the gate for tags');
select is(pg_temp.try('number', :'t'), 'granted', 'and not for numbers');
select is(pg_temp.try('qr', :'t'), 'granted', 'nor for QR passes');
select results_eq($$select bucket, day_failures from garita.gate_throttles order by 1$$, $$values ('read', 10)$$, 'a tag costs no typed guess');
-- What could be both counts for both.
select pg_temp.key('eight', 9003) \g /dev/null
update garita.access_codes set code_sealed = pg_temp.sealed(8) where code_tag = pg_temp.tag('eight');
select is(k, row(true, true), 'eight letters are a pass or a tag') from garita.kinds_of_text(9001, 'A9A9AAA9', false, :'t') k;
select is(k, row(true, false), 'six digits are a pass') from garita.kinds_of_text(9001, '999999', false, :'t') k;
select is(k, row(false, true), 'ten signs are a tag') from garita.kinds_of_text(9001, '9999999999', false, :'t') k;
select is(k, row(true, false), 'what could be nothing counts as typed') from garita.kinds_of_text(9001, '99999', false, :'t') k;
select is(pg_temp.try('wrong letters', :'t'), 'throttled 60', 'with tags closed it is looked for among passes');
select results_eq($$select bucket, day_failures from garita.gate_throttles order by 1$$, $$values ('read', 10), ('typed', 1)$$, 'and takes one of their guesses');
select is(pg_temp.try('letters', :'t'), 'granted', 'where right letters open');
delete from garita.access_codes where code_tag = pg_temp.tag('eight');

-- The way out: ten guesses like those of the way in; then people inside alone, and each wrong one doubles the pause.
select pg_temp.forgive(), pg_temp.open_gates() \g /dev/null
update garita.visitors set status = 'APPROVED' where id = 9001;
select is(pg_temp.try('wrong', :'t', 9001, 'EXIT'), 'unknown_code', 'out ' || n) from generate_series(1, 10) n;
select is(pg_temp.try('number', :'t', 9001, 'ENTRY'), 'throttled 60', 'they close the way in as well');
select is(pg_temp.try('number', :'t', 9001, 'EXIT'), 'unknown_code', 'a right number of nobody inside is as good as a wrong one');
select is(pg_temp.try('number', :'t', 9001, 'EXIT'), 'throttled 1 unlogged', 'and has to wait');
update garita.visitors set status = 'CHECKED_IN' where id = 9001;
select is(pg_temp.try('number', :'t'::timestamptz + interval '1 second', 9001, 'EXIT'), 'granted', 'who is inside goes a second later');
update garita.visitors set status = 'CHECKED_IN' where id = 9001;
select is(pg_temp.try('number', :'t'::timestamptz + interval '1 second', 9001, 'EXIT'), 'granted', 'one after the other');
select is(pg_temp.try('wrong', :'t'::timestamptz + interval '1 second', 9001, 'EXIT'), 'unknown_code', 'a wrong one');
select is(pg_temp.try('wrong', :'t'::timestamptz + interval '2 seconds', 9001, 'EXIT'), 'throttled 1 unlogged', 'two seconds');
select is(pg_temp.try('wrong', :'t'::timestamptz + interval '3 seconds', 9001, 'EXIT'), 'unknown_code', 'another');
select is(pg_temp.try('wrong', :'t'::timestamptz + interval '4 seconds', 9001, 'EXIT'), 'throttled 3 unlogged', 'four seconds');
update garita.gate_throttles set exit_failures = 50;
select is(pg_temp.try('wrong', :'t'::timestamptz + interval '4 seconds', 9001, 'EXIT'), 'throttled 299 unlogged', 'five minutes at most');
select is(pg_temp.try('qr', :'t', 9001, 'EXIT'), 'granted', 'a QR pass waits for nothing');
select is(pg_temp.try('tag', :'t', 9001, 'EXIT'), 'granted', 'nor does a tag');

-- The day.
select pg_temp.forgive() \g /dev/null
update garita.gate_throttles set day_failures = 99, tokens = 10, refilled_at = :'t', day = (:'t'::timestamptz at time zone 'America/Mexico_City')::date;
select is(pg_temp.try('wrong', :'t', p_user => 9001), 'unknown_code', 'the hundredth of a day');
select is(pg_temp.try('number', :'t'::timestamptz + interval '3 days'), 'throttled 3600', 'days later still off');
select is(pg_temp.outcome(9003, 'select api.acknowledge_gate(9001)'), '42501', 'a resident cannot switch them on');
select is(pg_temp.outcome(9006, 'select api.acknowledge_gate(9001)'), 'GA404 AccessPoint', 'nor another community');
select is(pg_temp.outcome(9002, 'select api.acknowledge_gate(1)'), 'GA404 AccessPoint', 'a gate must exist');
select is(pg_temp.outcome(9002, 'select api.acknowledge_gate(9004)'), '1', 'a gate without trouble may be acknowledged');
select is(pg_temp.outcome(u, 'select api.acknowledge_gate(9001)'), 'GA403 own_guesses', 'nobody acknowledges the own guesses') from unnest(array[9001, 9002]) u;
update garita.gate_throttles set guessed_by = '{9001}';
select is(pg_temp.outcome(9002, 'select api.acknowledge_gate(9001)'), '1', 'a guard has looked');
select is(pg_temp.try('number', :'t'::timestamptz + interval '3 days'), 'granted', 'short codes open again');
select results_eq($$select user_id, changes -> 'short_off', changes -> 'day_failures' from garita.audit where table_name = 'gate_throttles'$$,
    $$values (9002::bigint, '[true, false]'::jsonb, '[100, 0]'::jsonb)$$, 'who looked is in the audit, and nothing else of it');
select is(pg_temp.answer(9001, 'select short_off from garita.gate_throttles where access_point_id = 9001'), 'false', 'administrators see the state');
select pg_temp.try('wrong', :'t') \g /dev/null
select is(pg_temp.outcome(9002, 'select api.acknowledge_gate(9001)'), '1', 'an open gate needs nobody');
select is((select tokens from garita.gate_throttles where access_point_id = 9001), 9::double precision, 'and gives nobody the own guesses back');

-- Without a gate named, the guesses of the site are one bucket.
select pg_temp.forgive() \g /dev/null
select is(pg_temp.try('wrong', :'t', null), 'unknown_code', 'without a gate') from generate_series(1, 10);
select is(pg_temp.try('number', :'t', null), 'throttled 60', 'ten as well');
select is(pg_temp.outcome(9001, 'select api.acknowledge_gate(0)'), '1', 'gate 0 is that');
select is(pg_temp.try('number', :'t', null), 'granted', 'and open again');

-- Clocks that are put right.
select pg_temp.forgive(), pg_temp.open_gates() \g /dev/null
select is(pg_temp.try('wrong', :'t'::timestamptz + interval '1 hour'), 'unknown_code', 'an hour ahead') from generate_series(1, 10);
select is(pg_temp.try('wrong', :'t'), 'throttled 60', 'back again: nothing is given back');
select is(pg_temp.try('wrong', :'t'::timestamptz + interval '1 hour 59 seconds'), 'throttled 1', 'nor given twice');
update garita.gate_throttles set day_failures = 90, tokens = 5;
select pg_temp.try('wrong', :'t'::timestamptz + interval '1 day 1 hour'), pg_temp.try('wrong', :'t'::timestamptz + interval '1 hour') \g /dev/null
select is((select day_failures from garita.gate_throttles), 2, 'a day that comes back begins nothing anew');

-- One caller, wherever: thirty in ten minutes, looked at or not.
select pg_temp.forgive(), pg_temp.open_gates() \g /dev/null
create function pg_temp.guess(p_times integer, p_at timestamptz, p_user bigint default 9002, p_device bigint default null, p_looked boolean default true, p_read boolean default false) returns bigint language sql as $$
    select count(*) from generate_series(1, p_times) n, lateral (
        select garita.count_guess(9001, p_user, p_device, p_looked, p_read, p_at, current_date) where n > 0) c
$$;
create function pg_temp.sessions(p_user bigint) returns integer language sql as $$ select count(*)::integer from garita.sessions where user_id = p_user and revoked_at is null $$;
select pg_temp.guess(29, :'t') \g /dev/null
select is(pg_temp.sessions(9002), 1, 'twenty-nine of one caller');
select pg_temp.guess(1, :'t'::timestamptz + interval '11 minutes') \g /dev/null
select is(pg_temp.sessions(9002), 1, 'after ten minutes they begin anew');
select pg_temp.guess(10, :'t'::timestamptz + interval '12 minutes'), pg_temp.guess(19, :'t'::timestamptz + interval '12 minutes', p_looked => false) \g /dev/null
select is(pg_temp.sessions(9002), 0, 'the thirtieth, looked at or not, ends the sessions of the account');
select is(pg_temp.sessions(9001), 1, 'and of no other');
select throws_ok($$select pg_temp.try('number', now())$$, 'GA401', null, 'its token opens no gate any more');
select results_eq($$select table_name, row_id, changes from garita.audit where action = 'ALARM'$$,
    $$values ('users', 9002::bigint, '{"wrong_codes_in_ten_minutes": [null, 30]}'::jsonb)$$, 'and the administrators see an alarm');
-- The account logs in again.
update garita.sessions set revoked_at = null where user_id = 9002;
select is(pg_temp.try('number', :'t'::timestamptz + interval '21 minutes'), 'throttled 60', 'the pause is the account''s');
select is(pg_temp.try('tag', :'t'::timestamptz + interval '21 minutes', 9004), 'throttled 60', 'at every gate, for every short code');
select is(pg_temp.try('qr', :'t'::timestamptz + interval '21 minutes'), 'granted', 'a QR pass opens');
select is(pg_temp.try('number', :'t'::timestamptz + interval '21 minutes', p_user => 9001), 'granted', 'and numbers, for others');
select is(pg_temp.sessions(9002), 1, 'in the pause nothing is ended again');
select is(pg_temp.try('number', :'t'::timestamptz + interval '22 minutes'), 'granted', 'ten minutes long');
insert into garita.devices (id, site_id, name, access_point_id, allows_entry, allows_exit) overriding system value
values (9901, 9001, 'Pad', 9001, true, true);
select pg_temp.guess(30, :'t', null, 9901) \g /dev/null
select is((select is_active from garita.devices where id = 9901), true, 'a device is not switched off');
create function pg_temp.pad(p_code text, p_at timestamptz, p_way text) returns text language sql as $$
    select case when v.granted then 'granted' else v.reasons[1] end
    from garita.decide(null, null, null, 9901, 1, array[pg_temp.tag(p_code)], 'xx', '{}', null, pg_temp.shape(p_code), 9001, p_way, null, null, '', '', p_at) v
$$;
select is(pg_temp.pad('number', :'t', 'ENTRY'), 'throttled', 'its short codes wait');
select is(pg_temp.pad('qr', :'t', 'ENTRY'), 'granted', 'QR passes do not');
select is(pg_temp.pad('tag', :'t', 'ENTRY'), 'granted', 'nor do cards: the numbers were typed');
select is(pg_temp.pad('number', :'t', 'EXIT'), 'granted', 'and out goes who is inside');
select is((select row_id from garita.audit where action = 'ALARM' and table_name = 'devices'), 9901::bigint, 'with an alarm');
delete from garita.guess_counts where subject like 'd:%';
select pg_temp.guess(30, :'t', null, 9901, p_read => true) \g /dev/null
select is(pg_temp.pad('tag', :'t', 'ENTRY'), 'throttled', 'after thirty cards the cards wait');
select is(pg_temp.pad('number', :'t', 'ENTRY'), 'granted', 'and numbers do not');
-- A number as long as the cards, whose other characters are letters, is none of them.
update garita.access_codes set code_digits = 0 where site_id = 9001 and code_type = 'RFID';
select is(garita.kinds_of_text(9001, (select repeat('9', octet_length(c.code_sealed) - 28) from garita.access_codes c where c.site_id = 9001 and c.code_type = 'RFID' order by c.id limit 1), false, :'t'),
    row(true, false), 'digits alone are typed');

-- A whole site: a thousand in a day.
select pg_temp.open_gates() \g /dev/null
insert into garita.guess_counts (site_id, subject, since, failures) values (9001, '', :'t', 299) on conflict (site_id, subject) do update set since = :'t', failures = 299;
select pg_temp.guess(1, :'t', 9003) \g /dev/null
select is((select changes from garita.audit where action = 'ALARM' and table_name = 'sites'), '{"wrong_codes_in_a_day": [null, 300]}'::jsonb, 'three hundred are an alarm');
select is((select count(*)::integer from garita.gate_throttles where short_off), 0, 'and no more than that');
update garita.guess_counts set failures = 999 where subject = '' and site_id = 9001;
select pg_temp.guess(1, :'t', 9003) \g /dev/null
select is((select count(*)::integer from garita.gate_throttles where short_off and site_id = 9001),
    (select 2 * count(*)::integer + 2 from garita.access_points where site_id = 9001), 'a thousand close both buckets of every gate');
select is((select count(*)::integer from garita.gate_throttles where short_off and site_id <> 9001), 0, 'of that site');
select is(pg_temp.outcome(9002, 'select api.acknowledge_gate(9004)'), 'GA403 own_guesses', 'who had a part in it opens none of them');
update garita.guess_counts set failures = 999, since = :'t'::timestamptz - interval '25 hours' where subject = '';
select pg_temp.open_gates(), pg_temp.guess(1, :'t', 9003) \g /dev/null
select is((select failures from garita.guess_counts where subject = '' and site_id = 9001), 1, 'a day later it begins anew');

-- What opens writes nothing there.
select pg_temp.forgive(), pg_temp.open_gates() \g /dev/null
select is(pg_temp.try('number', :'t', p_user => 9001), 'granted', 'a right number');
select is((select count(*)::integer from garita.guess_counts), 0, 'counts nothing');
select is(pg_temp.try('wrong', :'t', p_user => 9001), 'unknown_code', 'a wrong one');
select results_eq($$select subject, failures from garita.guess_counts order by subject$$, $$values ('', 1), ('u:9001', 1)$$, 'counts for its caller and its site');
select is(pg_temp.try('number', :'t', 9007, p_user => 9001), 'unknown_access_point', 'a gate that is not ours looks at nothing');
select results_eq($$select subject, failures from garita.guess_counts order by subject$$, $$values ('', 1), ('u:9001', 1)$$, 'and counts nothing');

select * from finish();
rollback;
