-- Twins of begin_job, end_job, last_jobs and purge_jobs.
begin;
\ir ../community.psql

set local role garita_owner;
-- Whoever made this database has run some.
delete from garita.jobs;
select is_empty($$select from api.last_jobs() where last_run is not null or last_success is not null$$, 'nothing has run yet');
select is(count(*), 3::bigint, 'and each command has its line') from api.last_jobs();
select garita.begin_job('backup', 'one') as backup \gset
select ok(last_run is not null and last_ended is null and last_succeeded is null and last_success is null, 'it runs')
from api.last_jobs() where job = 'backup';
select garita.end_job(:backup, true, 'done');
select garita.end_job(:backup, false, 'twice');
select garita.end_job(garita.begin_job('backup', 'two'), false, 'failed: Full');
select ok(not last_succeeded and last_note = 'failed: Full' and last_success is not null, 'the last one failed, one before did not')
from api.last_jobs() where job = 'backup';
select throws_ok($$select garita.begin_job('tea')$$, '23514', null, 'other commands have no runs');

update garita.jobs set started_at = started_at - interval '401 days';
select is(garita.purge_jobs(), 1, 'old runs go, but for the last success');
select is(note, 'done', 'which stays') from garita.jobs;
reset role;

set local role garita_app;
select isnt_empty('select * from api.last_jobs()', 'the app pool reads them');
select throws_ok('select * from garita.jobs', '42501', null, 'by the function alone');
reset role;

select * from finish();
rollback;
