-- Twin of garita.count_failure, garita.count_throttled and api.acknowledge_gate: a bucket of wrong guesses per gate.
begin;
\ir ../community.psql
select pg_temp.pass('number', 9001, 'NUMERIC', 99, p_until => '5 days'), pg_temp.pass('qr', 9001, 'QR', 99) \g /dev/null

create function pg_temp.try(p_code text, p_at timestamptz, p_point bigint default 9001, p_way text default 'ENTRY') returns text language sql as $$
    select case when v.granted then 'granted' else array_to_string(v.reasons, ', ') end || coalesce(' ' || v.retry_after, '')
        || case when v.log_id is null then ' unlogged' else '' end
    from garita.decide(9002, 1, 9002, null, null, array[pg_temp.tag(p_code)], 'xx', '{}', null, p_code <> 'qr', p_point, p_way, null, null, '', '', p_at) v
$$;
select date_trunc('minute', clock_timestamp()) as t \gset

select is(pg_temp.try('wrong', :'t'), 'unknown_code', 'wrong guess ' || n) from generate_series(1, 10) n;
select is(pg_temp.try('wrong', :'t'), 'throttled 60', 'the eleventh is not looked at');
select is(pg_temp.try('number', :'t'), 'throttled 60 unlogged', 'nor a right one; one log row a minute');
select is(pg_temp.try('wrong', :'t'::timestamptz + interval '59 seconds'), 'throttled 1 unlogged', 'a second too early');
select is(pg_temp.try('qr', :'t'), 'granted', 'a QR pass opens meanwhile');
select is(pg_temp.try('number', :'t', 9004), 'granted', 'so does the number at another gate');
select is(pg_temp.try('number', :'t', 9001, 'EXIT'), 'granted', 'and it leads out');
select is(pg_temp.try('number', :'t'::timestamptz + interval '60 seconds'), 'granted', 'a minute later one is back');
select is(pg_temp.try('number', :'t'::timestamptz + interval '60 seconds'), 'granted', 'which a success does not take');
select is(pg_temp.try('wrong', :'t'::timestamptz + interval '60 seconds'), 'unknown_code', 'but a failure');
select is(pg_temp.try('number', :'t'::timestamptz + interval '60 seconds'), 'throttled 60', 'closed again: a new minute, a new row');
select is((select notes like '2 more in the minute of %' from garita.access_logs order by id desc limit 1), true, 'that says how many were not logged');
select is(pg_temp.try('wrong', :'t', 9001, 'EXIT'), 'unknown_code', 'a wrong guess on the way out is looked at');
select is(pg_temp.try('wrong', :'t'::timestamptz + interval '20 minutes'), 'unknown_code', 'twenty minutes later') from generate_series(1, 10);
select is(pg_temp.try('wrong', :'t'::timestamptz + interval '20 minutes'), 'throttled 60', 'there are ten, not twenty');
select is((select day_failures from garita.gate_throttles where access_point_id = 9001), 22, 'all are counted, what is not looked at is not');

-- The day.
update garita.gate_throttles set day_failures = 99, tokens = 10, refilled_at = :'t', day = (:'t'::timestamptz at time zone 'America/Mexico_City')::date;
select is(pg_temp.try('wrong', :'t'), 'unknown_code', 'the hundredth of a day');
select is(pg_temp.try('number', :'t'::timestamptz + interval '3 days'), 'throttled 3600', 'days later still off');
select is(pg_temp.outcome(9003, 'select api.acknowledge_gate(9001)'), '42501', 'a resident cannot switch them on');
select is(pg_temp.outcome(9006, 'select api.acknowledge_gate(9001)'), 'GA404 AccessPoint', 'nor another community');
select is(pg_temp.outcome(9002, 'select api.acknowledge_gate(1)'), 'GA404 AccessPoint', 'a gate must exist');
select is(pg_temp.outcome(9002, 'select api.acknowledge_gate(9004)'), '1', 'a gate without trouble may be acknowledged');
select is(pg_temp.outcome(9002, 'select api.acknowledge_gate(9001)'), '1', 'a guard has looked');
select is(pg_temp.try('number', :'t'::timestamptz + interval '3 days'), 'granted', 'short codes open again');
select results_eq($$select user_id, changes -> 'short_off', changes -> 'day_failures' from garita.audit where table_name = 'gate_throttles'$$,
    $$values (9002::bigint, '[true, false]'::jsonb, '[100, 0]'::jsonb)$$, 'who looked is in the audit, and nothing else of it');
select is(pg_temp.answer(9001, 'select short_off from garita.gate_throttles where access_point_id = 9001'), 'false', 'administrators see the state');

-- Without a gate named, the guesses of the site are one bucket.
select is(pg_temp.try('wrong', :'t', null), 'unknown_code', 'without a gate') from generate_series(1, 10);
select is(pg_temp.try('number', :'t', null), 'throttled 60', 'ten as well');
select is(pg_temp.outcome(9002, 'select api.acknowledge_gate(0)'), '1', 'gate 0 is that');
select is(pg_temp.try('number', :'t', null), 'granted', 'and open again');

-- One caller, wherever: thirty in ten minutes.
delete from garita.guess_counts;
delete from garita.gate_throttles;
create function pg_temp.guess(p_times integer, p_at timestamptz) returns bigint language sql as $$
    select count(*) from generate_series(1, p_times) n, lateral (
        select garita.count_guess(9001, 9002, null, p_at, current_date) where n > 0) c
$$;
select pg_temp.guess(29, :'t') \g /dev/null
select is((select count(*)::integer from garita.sessions where user_id = 9002 and revoked_at is null), 1, 'twenty-nine of one caller');
select pg_temp.guess(1, :'t'::timestamptz + interval '11 minutes') \g /dev/null
select is((select count(*)::integer from garita.sessions where user_id = 9002 and revoked_at is null), 1, 'after ten minutes they begin anew');
select pg_temp.guess(29, :'t'::timestamptz + interval '12 minutes') \g /dev/null
select is((select count(*)::integer from garita.sessions where user_id = 9002 and revoked_at is null), 0, 'the thirtieth ends the sessions of the account');
select is((select count(*)::integer from garita.sessions where user_id = 9001 and revoked_at is null), 1, 'and of no other');
select throws_ok($$select pg_temp.try('number', now())$$, 'GA401', null, 'its token opens no gate any more');
select results_eq($$select table_name, row_id, changes from garita.audit where action = 'ALARM'$$,
    $$values ('users', 9002::bigint, '{"wrong_codes_in_ten_minutes": [null, 30]}'::jsonb)$$, 'and the administrators see an alarm');
insert into garita.devices (id, site_id, name, access_point_id, allows_entry, allows_exit) overriding system value
values (9901, 9001, 'Pad', 9001, true, true);
select garita.count_guess(9001, null, 9901, :'t', current_date) from generate_series(1, 30) \g /dev/null
select is((select is_active from garita.devices where id = 9901), false, 'a device is switched off');

-- A whole site: a thousand in a day.
update garita.guess_counts set failures = 299, since = :'t' where caller = '' and site_id = 9001;
select garita.count_guess(9001, 9003, null, :'t', current_date) \g /dev/null
select is((select changes from garita.audit where action = 'ALARM' and table_name = 'sites'), '{"wrong_codes_in_a_day": [null, 300]}'::jsonb, 'three hundred are an alarm');
select is((select count(*)::integer from garita.gate_throttles where short_off), 0, 'and no more than that');
update garita.guess_counts set failures = 999 where caller = '' and site_id = 9001;
select garita.count_guess(9001, 9003, null, :'t', current_date) \g /dev/null
select is((select count(*)::integer from garita.gate_throttles where short_off and site_id = 9001),
    (select count(*)::integer + 1 from garita.access_points where site_id = 9001), 'a thousand switch short codes off at every gate');
select is((select count(*)::integer from garita.gate_throttles where short_off and site_id <> 9001), 0, 'of that site');
update garita.guess_counts set failures = 999, since = :'t'::timestamptz - interval '25 hours' where caller = '';
delete from garita.gate_throttles;
select garita.count_guess(9001, 9003, null, :'t', current_date) \g /dev/null
select is((select failures from garita.guess_counts where caller = '' and site_id = 9001), 1, 'a day later it begins anew');

-- What opens writes nothing there.
delete from garita.guess_counts;
select is(v.granted, true, 'a right number') from garita.decide(9001, 1, 9001, null, null, array[pg_temp.tag('number')], 'xx', '{}', null, true, 9001, 'ENTRY', null, null, '', '', :'t') v;
select is((select count(*)::integer from garita.guess_counts), 0, 'counts nothing');
select is(v.granted, false, 'a wrong one') from garita.decide(9001, 1, 9001, null, null, array[pg_temp.tag('wrong')], 'xx', '{}', null, true, 9001, 'ENTRY', null, null, '', '', :'t') v;
select results_eq($$select caller, failures from garita.guess_counts order by caller$$, $$values ('', 1), ('u:9001', 1)$$, 'counts for its caller and its site');

select * from finish();
rollback;
