-- Twin of refuse_change, ensure_log_partition and make_log_partitions.
begin;
\ir ../community.psql
select pg_temp.verdict('unknown') \g /dev/null

select throws_ok('update garita.access_logs set notes = ''x''', '42501', null, 'not even the superuser rewrites the log');
select throws_ok('delete from garita.access_logs', '42501', null, 'or deletes from it');
select throws_ok('truncate garita.access_logs', '42501', null, 'or empties it');
select throws_ok(format('truncate garita.access_logs_%s', to_char(clock_timestamp() at time zone 'UTC', 'YYYYMM')), '42501', null,
    'or empties one month of it');
select throws_ok('delete from garita.audit', '42501', null, 'the audit neither');

select ok(garita.ensure_log_partition('1999-05-17'), 'a month is made');
select is(pg_get_userbyid(c.relowner), 'garita_owner', 'of the owner, whoever made it: backups are made as the owner')
from pg_class c where c.oid = 'garita.access_logs_199905'::regclass;
select ok(not garita.ensure_log_partition('1999-05-01'), 'once');
insert into garita.access_logs ("timestamp", site_id, access_type, access_method, status) values
    ('1999-05-01 00:00:00+00', 9001, 'ENTRY', 'OTHER', 'DENIED'), ('1999-05-31 23:59:59.999+00', 9001, 'ENTRY', 'OTHER', 'DENIED');
select is((select count(*) from garita.access_logs_199905), 2::bigint, 'of UTC days, both ends');
select throws_ok($$insert into garita.access_logs ("timestamp", site_id, access_type, access_method, status)
    values ('1999-06-01 00:00:00+00', 9001, 'ENTRY', 'OTHER', 'DENIED')$$, '23514', null, 'and no further');
select throws_ok('update garita.access_logs_199905 set notes = ''x''', '42501', null, 'a new month is append-only too');
select ok(garita.make_log_partitions(3) between 0 and 4, 'this month is there, others may be missing');
select isnt(to_regclass('garita.access_logs_' || to_char((clock_timestamp() at time zone 'UTC')::date - interval '1 month', 'YYYYMM')), null,
    'last month too: a clock may be put back over the first of a month');
select is(garita.make_log_partitions(3), 0, 'and then nothing is');

select * from finish();
rollback;
