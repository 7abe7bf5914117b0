-- Twin of garita.decide: a code is good because of many things at once. Each row takes one of them away from a code that
-- opens; then the entry is refused for that reason, one DENIED row tells so, no use is spent, and putting it back opens.
begin;
\ir ../community.psql

select pg_temp.pass('THE PASS', 9001, p_uses => 5), pg_temp.key('THE TAG', 9003) \g /dev/null
insert into garita.schedules (id, site_id, name, first_day) overriding system value values (9001, 9001, 'not yet', '2999-01-01');

create function pg_temp.flipped(p_code text, p_flip text) returns text language plpgsql as $$
declare
    v_last bigint := (select coalesce(max(id), 0) from garita.access_logs);
    v_uses integer;
    v_verdict text;
    v_result text;
begin
    begin
        execute p_flip;
        v_uses := (select sum(times_used) from garita.credentials);
        v_verdict := pg_temp.verdict(p_code);
        v_result := concat_ws(' | ', v_verdict,
            (select string_agg(l.status || ' ' || array_to_string(l.reasons, ', '), ' + ') from garita.access_logs l where l.id > v_last),
            (select sum(times_used) - v_uses from garita.credentials) || ' spent');
        raise exception using errcode = 'ZZ000';
    exception when sqlstate 'ZZ000' then
        return v_result;
    end;
end
$$;

select is(pg_temp.flipped(c.code, c.flip), case when c.reason = '' then c.grant_row else format('refused: %s | DENIED %s | 0 spent', c.reason, c.reason) end,
    c.code || ': ' || c.flip)
from (values
    ('THE PASS', 'select', '', 'granted | SUCCESS  | 1 spent'),
    ('THE TAG',  'select', '', 'granted | SUCCESS  | 0 spent'),
    -- The code.
    ('THE PASS', 'update garita.temporary_codes set is_active = false, revoked_at = now()', 'revoked', null),
    ('THE PASS', 'update garita.temporary_codes set is_active = false', 'revoked', null),
    ('THE PASS', 'update garita.temporary_codes set valid_from = now() + interval ''1 minute''', 'not_yet_valid', null),
    ('THE PASS', 'update garita.temporary_codes set valid_until = now() - interval ''1 second''', 'expired', null),
    ('THE PASS', 'update garita.credentials set times_used = max_uses where code_kind = ''temporary''', 'no_uses_left', null),
    ('THE PASS', 'update garita.temporary_codes set schedule_id = 9001', 'outside_schedule', null),
    ('THE PASS', 'insert into garita.temporary_code_points (site_id, temporary_code_id, access_point_id) select 9001, id, 9004 from garita.temporary_codes', 'wrong_gate', null),
    ('THE PASS', 'update garita.temporary_codes set is_retired = true', 'unknown_code', null),
    ('THE TAG',  'update garita.access_codes set is_active = false', 'revoked', null),
    ('THE TAG',  'update garita.access_codes set expiry_date = current_date - 2', 'expired', null),
    ('THE TAG',  'update garita.access_codes set schedule_id = 9001', 'outside_schedule', null),
    ('THE TAG',  'insert into garita.access_code_points (site_id, access_code_id, access_point_id) select 9001, id, 9004 from garita.access_codes', 'wrong_gate', null),
    ('THE TAG',  'delete from garita.access_codes', 'unknown_code', null),
    -- The people behind it.
    ('THE PASS', 'update garita.residents set is_authorized = false where id = 9003', 'person_not_authorized', null),
    ('THE PASS', 'update garita.users set is_active = false where id = 9003', 'person_not_authorized', null),
    ('THE PASS', 'alter table garita.residents disable trigger end_codes_of_resident; update garita.residents set move_out_date = current_date - 2 where id = 9003', 'moved_out', null),
    ('THE PASS', 'alter table garita.residents disable trigger end_codes_of_resident; update garita.residents set unit_id = 9002 where id = 9003', 'moved_out', null),
    ('THE TAG',  'update garita.residents set is_authorized = false where id = 9003', 'person_not_authorized', null),
    ('THE TAG',  'alter table garita.residents disable trigger end_codes_of_resident; update garita.residents set move_out_date = current_date - 2 where id = 9003', 'moved_out', null),
    -- The visit.
    ('THE PASS', 'update garita.visitors set status = ''DENIED'' where id = 9001', 'visit_denied', null),
    ('THE PASS', 'update garita.visitors set status = ''PENDING'' where id = 9001', 'approval_pending', null),
    ('THE PASS', 'insert into garita.blocklist (site_id, kind, value) values (9001, ''document'', ''V-1'')', 'blocklisted', null),
    ('THE TAG',  'insert into garita.blocklist (site_id, kind, value) values (9001, ''document'', ''DOC-ROSA'')', 'blocklisted', null),
    -- The gate.
    ('THE PASS', 'update garita.access_points set is_active = false where id = 9001', 'gate_inactive', null),
    ('THE PASS', 'update garita.access_points set is_entry = false where id = 9001', 'wrong_direction', null),
    ('THE PASS', 'update garita.access_points set supports_qr = false where id = 9001', 'method_not_supported', null),
    ('THE PASS', 'update garita.access_points set building_id = 9002 where id = 9001', 'wrong_gate', null),
    ('THE TAG',  'update garita.access_points set is_active = false where id = 9001', 'gate_inactive', null),
    ('THE TAG',  'update garita.access_points set is_entry = false where id = 9001', 'wrong_direction', null),
    ('THE TAG',  'update garita.access_points set supports_rfid = false where id = 9001', 'method_not_supported', null),
    ('THE TAG',  'update garita.access_points set building_id = 9002 where id = 9001', 'wrong_gate', null),
    -- What says nothing about the right to enter.
    ('THE PASS', 'update garita.access_points set is_exit = false, supports_rfid = false, supports_numeric = false where id = 9001', '', 'granted | SUCCESS  | 1 spent'),
    ('THE PASS', 'update garita.residents set is_authorized = false where id = 9004', '', 'granted | SUCCESS  | 1 spent')
) c (code, flip, reason, grant_row);

select * from finish();
rollback;
