-- Twin of end_restored_time and passes_in_doubt: a restored database goes on with no session and no number of its past.
begin;
\ir ../community.psql
select set_config('garita.actor', 'command:test', true) \g /dev/null
create function pg_temp.pass(p_id bigint, p_from interval, p_until interval) returns void language sql as $$
    insert into garita.temporary_codes (id, site_id, visitor_id, code_tag, key_version, code_hint, code_type, valid_from, valid_until)
    overriding system value values (
        p_id, 9001, 9001, decode(md5(p_id::text), 'hex'), 1, 'AB', 'QR', clock_timestamp() + p_from, clock_timestamp() + p_until)
$$;
select pg_temp.pass(9801, '-1 hour', '1 hour'), pg_temp.pass(9802, '1 hour', '2 hours'), pg_temp.pass(9803, '-1 hour', '1 hour'),
    pg_temp.pass(9804, '-9 hours', '-8 hours') \g /dev/null
update garita.credentials set times_used = max_uses where code_kind = 'temporary' and code_id = 9803;

select results_eq($$select p from garita.passes_in_doubt(clock_timestamp() - interval '2 hours') p where p > 9800$$, $$values (9801::bigint)$$,
    'not what does not open yet, nor what is used up or over');
create temporary table numbers as select last_value as value from garita.visitors_id_seq;
select ok(e.sessions >= 8 and e.passes >= 1 and e.ended = 0, 'passes are counted') from garita.end_restored_time(now() - interval '2 hours', false) e;
select is_empty($$select from garita.sessions where revoked_at is null$$, 'no session goes on');
select ok((select is_active from garita.temporary_codes where id = 9801), 'a pass stays where that was chosen');
select ok(nextval('garita.visitors_id_seq') > n.value + 1000000, 'no number is given out again') from numbers n;
select ok(e.ended >= 1, 'passes are ended on demand') from garita.end_restored_time(now() - interval '2 hours', true) e;
select is((select array_agg(t.is_active order by t.id) from garita.temporary_codes t where t.id > 9800), '{f,t,t,t}',
    'only those in doubt');

select * from finish();
rollback;
