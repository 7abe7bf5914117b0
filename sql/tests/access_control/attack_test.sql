-- An attacker, six ways, ten thousand tries each within two hours: how many texts were really looked at. Ten live codes
-- of a kind then give a chance of looks * 10 / texts of that length (docs/gate.md has the table).
--
-- In a database of its own and with commits, as at a gate: a row that one transaction writes ten thousand times is slow.
\c postgres
create database attacked template garita;
\c attacked
set client_min_messages = warning;
-- As in api.validate_code.
set plan_cache_mode = force_generic_plan;
\ir ../community.psql
select pg_temp.pass('live ' || n, 9001, 'NUMERIC', 99, p_until => '2 days'), pg_temp.key('card ' || n, 9003) from generate_series(1, 10) n \g /dev/null
update garita.temporary_codes set code_sealed = pg_temp.sealed(6) where site_id = 9001;
update garita.access_codes set code_sealed = pg_temp.sealed(10) where site_id = 9001;
update garita.visitors set status = 'CHECKED_IN' where id = 9001;
insert into garita.devices (id, site_id, name, access_point_id, allows_entry, allows_exit) overriding system value values
    (9901, 9001, 'Pad', 9001, true, true);
-- Noon of the site, so that no midnight falls into it.
select (current_date + 1 + time '12:00') at time zone 'America/Mexico_City' as t \gset

-- Tries at even distances; whoever is thrown out logs in again at once. Looked at is what has an answer other than
-- "throttled". All are logged: one row each, or counted in the row of a later minute, or still to be told.
create procedure pg_temp.attack(p_name text, p_shape text, p_way text, p_point bigint, p_device bigint, p_tries integer, p_start timestamptz, p_hours double precision)
language plpgsql as $$
declare
    v garita.gate_verdict;
    v_looked integer := 0;
    v_rows bigint := (select count(*) from garita.access_logs);
    v_last bigint := (select coalesce(max(id), 0) from garita.access_logs);
begin
    for n in 1 .. p_tries loop
        v := garita.decide(
            case when p_device is null then 9002 end, 1, 9002, p_device, 1, array[decode(md5(n || p_shape || p_way), 'hex')], 'xx', '{}', null,
            p_shape, p_point, p_way, null, null, '', '', p_start + n * p_hours / p_tries * interval '1 hour');
        if v.reasons <> '{throttled}' then
            v_looked := v_looked + 1;
        end if;
        update garita.sessions s set revoked_at = null where s.id = 9002 and s.revoked_at is not null;
        if n % 20 = 0 then
            commit;
        end if;
    end loop;
    insert into outcomes select p_name, v_looked, p_tries - (select count(*) - v_rows from garita.access_logs)
        - (select coalesce(sum(substring(l.notes from '^(\d+) more')::integer), 0) from garita.access_logs l where l.id > v_last)
        - (select coalesce(sum(greatest(0, t.throttled_count - 1)), 0) from garita.gate_throttles t);
    delete from garita.gate_throttles;
    delete from garita.guess_counts;
    commit;
end
$$;
create temporary table attacks (name text, shape text, way text, point bigint, device bigint, at_most integer);
insert into attacks values
    ('entry, typed',           '999999',     'ENTRY', 9001, null, 100),
    ('entry, tags',            'AAAA999999', 'ENTRY', 9001, null, 100),
    ('exit, typed',            '999999',     'EXIT',  9001, null, 130),
    ('exit, tags',             'AAAA999999', 'EXIT',  9001, null, 130),
    ('no gate, typed',         '999999',     'ENTRY', null, null, 100),
    ('a device, out, typed',   '999999',     'EXIT',  9001, 9901, 130);
create temporary table outcomes (name text, looked integer, untold integer);
select format('call pg_temp.attack(%L, %L, %L, %L, %L, 10000, %L, 2)', a.name, a.shape, a.way, a.point, a.device, :'t') from attacks a \gexec
select diag(o.name || ': ' || o.looked || ' looked at') from outcomes o;
select cmp_ok(o.looked, '<=', a.at_most, o.name) from attacks a join outcomes o using (name);
select cmp_ok(o.looked * 10 / 1e6, '<', 0.0015, o.name || ': one hit in 700 attacks at most, with ten live codes of six digits') from outcomes o;
select cmp_ok(o.looked, '>=', 10, o.name || ' begins like an honest mistake') from outcomes o;
select is(o.untold, 0, o.name || ': every try is in the log or counted there') from outcomes o;

select * from finish();
\c postgres
drop database attacked;
