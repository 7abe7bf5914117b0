-- Twin of api.list_gate_troubles: which gates somebody should look at, and why.
begin;
\ir ../community.psql

create function pg_temp.troubles() returns text language plpgsql as $$
begin
    perform set_config('garita.site_id', '9001', true), set_config('garita.role', 'ADMIN', true);
    return (select string_agg(concat_ws(' ', t.trouble, t.gate_id, t.device, t.refused || '/' || t.attempts), ', ' order by t.gate_id, t.trouble)
        from api.list_gate_troubles(now() - interval '24 hours') t);
end
$$;
create function pg_temp.attempt(p_gate bigint, p_status text, p_rows integer, p_site bigint default 9001) returns void language sql as $$
    insert into garita.access_logs (timestamp, site_id, access_type, access_method, status, access_point_id)
    select now() - interval '1 hour', p_site, 'ENTRY', 'OTHER', p_status, p_gate from generate_series(1, p_rows)
$$;
create function pg_temp.throttle(p_gate bigint, p_tokens integer, p_off boolean, p_ago interval) returns void language sql as $$
    insert into garita.gate_throttles (site_id, access_point_id, tokens, refilled_at, day, day_failures, short_off)
    values (9001, p_gate, p_tokens, now() - p_ago, current_date, 1, p_off)
$$;
select garita.ensure_log_partition((now() - interval '1 hour')::date) \g /dev/null

select is(pg_temp.troubles(), 'off 9003', 'one is out of service; that of another community is not here');
select pg_temp.attempt(9001, 'DENIED', 9), pg_temp.attempt(9002, 'DENIED', 10), pg_temp.attempt(9002, 'SUCCESS', 30), pg_temp.attempt(9004, 'DENIED', 10),
    pg_temp.attempt(9004, 'SUCCESS', 31), pg_temp.attempt(9007, 'DENIED', 50, 9002), pg_temp.attempt(null, 'DENIED', 12) \g /dev/null
select is(pg_temp.troubles(), 'refusals 0 12/12, refusals 9002 10/40, off 9003', 'ten refusals and a quarter of all; of no gate as well');
select pg_temp.throttle(9001, 0, false, '30 seconds'), pg_temp.throttle(9004, 0, false, '90 seconds'), pg_temp.throttle(9005, 10, true, '1 hour'),
    pg_temp.throttle(0, 0, true, '1 hour') \g /dev/null
select is(pg_temp.troubles(), 'refusals 0 12/12, short_off 0, throttled 9001, refusals 9002 10/40, off 9003, short_off 9005',
    'short codes held back, until one guess is left again, or switched off');
insert into garita.devices (site_id, name, access_point_id, allows_entry, allows_exit, is_active, revoked_at) values
    (9001, 'Good', 9006, true, true, true, null), (9001, 'By alarm', 9006, true, true, false, null), (9001, 'By hand', 9006, true, true, false, now()),
    (9002, 'Other', 9007, true, true, false, null);
select is(pg_temp.troubles(), 'refusals 0 12/12, short_off 0, throttled 9001, refusals 9002 10/40, off 9003, short_off 9005, device 9006 By alarm',
    'a device that no person switched off');

select is(pg_temp.outcome(c.id, 'select from api.list_gate_troubles(now())'), c.outcome, c.situation)
from (values ('another administrator sees none of it', 9006, '1'), ('a guard may not ask', 9002, '42501'), ('nor a resident', 9003, '42501')) c (situation, id, outcome);

select * from finish();
rollback;
