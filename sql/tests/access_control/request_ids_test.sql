-- Twin of garita.recall_admission and garita.purge_admissions: a repeated request gets the first answer.
begin;
\ir ../community.psql
select pg_temp.pass('guest', 9001, p_uses => 2), pg_temp.pass('number', 9001, 'NUMERIC', 5), pg_temp.key('tag', 9003) \g /dev/null

-- Asks with a request id; answers the verdict, "again" when it is a stored one, and how many log rows it took.
create function pg_temp.ask(p_id text, p_code text, p_point bigint default 9001, p_way text default 'ENTRY', p_user bigint default 9002,
    p_device bigint default null, p_short boolean default false, p_older text default null)
returns text language plpgsql as $$
declare
    v garita.gate_verdict;
    v_rows bigint := (select count(*) from garita.access_logs);
    v_hint text;
begin
    v := api.validate_code(
        case when p_device is null then p_user end, 1, p_user, p_device, 1, array_remove(array[pg_temp.tag(p_code), pg_temp.tag(p_older)], null), 'xx', '{}', null,
        case when p_short then '999999' end, p_point, p_way, null, p_id, 't', '10.0.0.1');
    return case when v.granted then 'granted' else array_to_string(v.reasons, ', ') end
        || case when v.replayed then ' again' else '' end
        || ' ' || (select count(*) from garita.access_logs) - v_rows || coalesce(' left ' || v.uses_left, '');
exception when others then
    get stacked diagnostics v_hint = pg_exception_hint;
    return sqlstate || ' ' || v_hint;
end
$$;
create function pg_temp.used(p_code text) returns integer language sql as
    $$ select pg_temp.uses(p_code) $$;

select is(pg_temp.ask('r1', 'guest'), 'granted 1 left 1', 'the first time');
select is(pg_temp.ask('r1', 'guest'), 'granted again 0 left 1', 'the same answer, no second log row');
select is(pg_temp.used('guest'), 1, 'and no second use');
select is(
    (select to_jsonb(v) - 'replayed' from api.validate_code(9002, 1, 9002, null, null, array[pg_temp.tag('guest')], 'st', '{}', null, null, 9001, 'ENTRY', null, 'r1', 'other', '10.9.9.9') v),
    (select to_jsonb(a.answer) - 'replayed' from garita.admissions a where a.caller = 'u:9002' and a.request_id = 'r1'), 'to the last field');
select is((select l.id from garita.access_logs l order by l.id desc limit 1), (select a.log_id from garita.admissions a where a.request_id = 'r1'),
    'it names the log row');
select is(pg_temp.ask('r1', 'tag'), 'GA409 request_id', 'another code under the same id');
select is(pg_temp.ask('r1', 'guest', 9004), 'GA409 request_id', 'another gate');
select is(pg_temp.ask('r1', 'guest', null), 'GA409 request_id', 'no gate');
select is(pg_temp.ask('r1', 'guest', 9001, 'EXIT'), 'GA409 request_id', 'another direction');
select is(pg_temp.ask('r1', 'new tag of guest', p_older => 'guest'), 'granted again 0 left 1', 'the same code, while the tag key changes');
select is(pg_temp.ask('r1', 'guest', p_user => 9001), 'granted 1 left 0', 'ids belong to who sends them');
select is(pg_temp.ask('r2', 'guest'), 'no_uses_left 1 left 0', 'another id is another request');
select is(pg_temp.ask('r2', 'guest'), 'no_uses_left again 0 left 0', 'a refusal is repeated as well');
select is(pg_temp.ask('', 'tag'), 'granted 1', 'an empty id is none');
select is(pg_temp.ask(null, 'tag'), 'granted 1', 'none is none');
select is((select count(*) from garita.admissions), 3::bigint, 'and writes nothing');
select is(pg_temp.ask('r3', 'tag', 9007), 'unknown_access_point 1', 'a gate that is not ours');
select is(pg_temp.ask('r3', 'tag', 9007), 'unknown_access_point again 0', 'stays so');
select garita.enrol_device('PINOS', 'MAIN', 'Pad', true, true) \g /dev/null
select is(pg_temp.ask('r1', 'tag', p_device => (select id from garita.devices)), 'granted 1', 'a device has its own ids');
update garita.users set is_active = false where id = 9002;
select is(pg_temp.ask('r1', 'guest'), 'GA401 user_inactive', 'no stored answer for who may not ask any more');
update garita.users set is_active = true where id = 9002;
update garita.users set token_version = 1 where id = 9002;
update garita.sessions set revoked_at = null where id = 9002;

-- A wrong guess costs one token however often it is repeated; what is not looked at may be tried again.
select is(pg_temp.ask('g' || n % 2, 'wrong' || n % 2, p_short => true), case when n < 2 then 'unknown_code 1' else 'unknown_code again 0' end, 'guess ' || n)
from generate_series(0, 5) n;
select is((select day_failures from garita.gate_throttles where access_point_id = 9001), 2, 'two guesses');
update garita.gate_throttles set tokens = 0;
select is(pg_temp.ask('g9', 'number', p_short => true), 'throttled 1', 'closed');
select is(pg_temp.ask('g9', 'number', p_short => true), 'throttled 0', 'looked at again, still closed');
update garita.gate_throttles set tokens = 1;
select is(pg_temp.ask('g9', 'number', p_short => true), 'granted 1 left 4', 'the same request, when there is a token');

update garita.admissions set created_at = clock_timestamp() - interval '48 hours' where request_id = 'r1';
update garita.admissions set created_at = clock_timestamp() - interval '47 hours 59 minutes' where request_id = 'r2';
select is(garita.purge_admissions(), 3, 'after 48 hours they are forgotten');
select ok(exists (select from garita.admissions where request_id = 'r2'), 'not earlier');

select * from finish();
rollback;
