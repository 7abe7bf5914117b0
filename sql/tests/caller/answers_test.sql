-- Twin of api.recall_answer, api.keep_answer and garita.purge_answers: a repeated request gets the first answer.
begin;
\ir ../community.psql

create function pg_temp.recall(p_user bigint, p_key text, variadic p_fingerprints text[]) returns text language plpgsql as $$
declare
    v record;
    v_hint text;
begin
    perform set_config('garita.user_id', p_user::text, true), set_config('garita.site_id', '9001', true);
    select * into v from api.recall_answer(p_key, (select array_agg(convert_to(f, 'utf8')) from unnest(p_fingerprints) f));
    return coalesce(v.status || ' ' || convert_from(v.fingerprint, 'utf8') || ' ' || convert_from(v.body_sealed, 'utf8'), 'new');
exception when others then
    get stacked diagnostics v_hint = pg_exception_hint;
    return sqlstate || ' ' || v_hint;
end
$$;

select is(pg_temp.recall(9001, 'k', 'print'), 'new', 'unknown at first');
select lives_ok($$select api.keep_answer('k', 'print', 201::smallint, 'sealed')$$, 'kept');
select is(pg_temp.recall(9001, 'k', 'print'), '201 print sealed', 'the answer again');
select is(pg_temp.recall(9001, 'k', 'newer', 'print'), '201 print sealed', 'while the key of fingerprints changes');
select is(pg_temp.recall(9001, 'k', 'other'), 'GA409 request_id', 'not for another request');
select is(pg_temp.recall(9002, 'k', 'print'), 'new', 'nor for somebody else');
select throws_ok($$select set_config('garita.user_id', '9001', true), api.keep_answer('k', 'x', 201::smallint, 'y')$$, '23505', null,
    'two answers to one key cannot be');
select is((select array_agg(a.objid <> 0) from pg_locks a where a.locktype = 'advisory' and a.pid = pg_backend_pid()), array[true, true],
    'each key is held until the transaction ends');

update garita.answers set created_at = clock_timestamp() - interval '47 hours 59 minutes';
select is(garita.purge_answers(), 0, 'kept for 48 hours');
update garita.answers set created_at = clock_timestamp() - interval '48 hours';
select is(garita.purge_answers(), 1, 'and no longer');

select * from finish();
rollback;
