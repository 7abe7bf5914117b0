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

select * from finish();
rollback;
