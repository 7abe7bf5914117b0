-- Twin of api.show_home: the figures of a day by the clock of the site, of one community alone.
begin;
\ir ../community.psql

create function pg_temp.home(p_user bigint) returns text language plpgsql as $$
declare
    v_home text;
begin
    perform set_config('garita.site_id', s.id::text, true), set_config('garita.role', 'ADMIN', true), set_config('TimeZone', s.time_zone, true)
    from garita.users u join garita.sites s on s.id = u.site_id where u.id = p_user;
    select concat_ws(' ', awaited, pending, inside, overdue, refused, passes, cards, alarms) into v_home from api.show_home();
    perform set_config('TimeZone', 'UTC', true);
    return v_home;
end
$$;
update garita.visitors set expected_date = (now() at time zone 'America/Mexico_City')::date where site_id = 9001;
update garita.visitors set expected_date = (now() at time zone 'Pacific/Kiritimati')::date where site_id = 9002;
select garita.ensure_log_partition((now() - interval '25 hours')::date) \g /dev/null

select is(pg_temp.home(9001), '4 1 0 0 0 0 0 0', 'approved and pending visits of today are awaited');
select is(pg_temp.home(9006), '1 0 0 0 0 0 0 0', 'another community has its own');
update garita.visitors set status = 'CHECKED_IN' where id in (9001, 9004);
update garita.visitors set expected_date = expected_date - 1 where id in (9004, 9005);
select is(pg_temp.home(9001), '1 1 2 1 0 0 0 0', 'who came is inside; who was expected yesterday is inside since then or awaited no more');
select pg_temp.pass('AAAA', 9001), pg_temp.pass('BBBB', 9001, p_until => '25 hours'), pg_temp.pass('CCCC', 9001, p_uses => 1, p_used => 1),
    pg_temp.pass('DDDD', 9001, p_revoked => true), pg_temp.pass('EEEE', 9001, p_until => '-1 minute'), pg_temp.pass('FFFF', 9006),
    pg_temp.key('K1', 9003, p_expiry => (now() at time zone 'America/Mexico_City')::date), pg_temp.key('K2', 9003),
    pg_temp.key('K3', 9003, p_expiry => (now() at time zone 'America/Mexico_City')::date + 7),
    pg_temp.key('K4', 9003, p_expiry => (now() at time zone 'America/Mexico_City')::date + 8),
    pg_temp.key('K5', 9003, p_expiry => (now() at time zone 'America/Mexico_City')::date - 1),
    pg_temp.key('K6', 9003, p_active => false, p_expiry => (now() at time zone 'America/Mexico_City')::date) \g /dev/null
select is(pg_temp.home(9001), '1 1 2 1 0 1 2 0', 'passes and cards that are good and end soon');
insert into garita.access_logs (timestamp, site_id, access_type, access_method, status)
select now() - a, s, 'ENTRY', 'OTHER', v from (values (interval '1 minute', 9001, 'DENIED'), ('23 hours', 9001, 'DENIED'), ('25 hours', 9001, 'DENIED'),
    ('1 minute', 9001, 'SUCCESS'), ('1 minute', 9002, 'DENIED')) r (a, s, v);
insert into garita.audit (site_id, actor, request_id, address, table_name, action, changes) values (9001, 'gate', '', '', 'sites', 'ALARM', '{}');
select is(pg_temp.home(9001), '1 1 2 1 2 1 2 1', 'refusals and alarms of 24 hours');
select is(pg_temp.home(9006), '1 0 0 0 1 1 0 0', 'still nobody else''s');

select is(pg_temp.outcome(c.id, 'select api.show_home()'), c.outcome, c.situation)
from (values ('an administrator may ask', 9001, '1'), ('a guard may not', 9002, '42501'), ('nor a resident', 9003, '42501')) c (situation, id, outcome);

select * from finish();
rollback;
