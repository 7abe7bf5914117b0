-- Called before count_failure and count_throttled, and the site before the caller: every failure locks its rows in one
-- order.
create or replace function garita.count_guess(
    p_site_id bigint, p_user_id bigint, p_device_id bigint, p_is_looked_at boolean, p_is_read_only boolean,
    p_now timestamptz, p_today date)
returns void
language plpgsql volatile
as $$
declare
    c_many constant integer := 30;
    -- For a device, typed and read codes are counted apart: wrong numbers at its keypad must not block cards.
    v_subject text := case when p_device_id is null then 'u:' || p_user_id
        else 'd:' || p_device_id || case when p_is_read_only then ' read' else '' end end;
    v_of_site integer;
    v_of_caller integer;
    v_is_paused boolean;
begin
    if p_is_looked_at then
        insert into garita.guess_counts as c (site_id, subject, since, failures) values (p_site_id, '', p_now, 1)
        on conflict (site_id, subject) do update set
            failures = case when c.since > p_now - interval '1 day' then c.failures else 0 end + 1,
            since = case when c.since > p_now - interval '1 day' then c.since else p_now end
        returning c.failures into v_of_site;
    end if;
    insert into garita.guess_counts as c (site_id, subject, since, failures) values (p_site_id, v_subject, p_now, 1)
    on conflict (site_id, subject) do update set
        failures = case
            when c.since > p_now - interval '10 minutes' or c.paused_until > p_now then c.failures else 0 end + 1,
        since = case when c.since > p_now - interval '10 minutes' or c.paused_until > p_now then c.since else p_now end
    returning c.failures, coalesce(c.paused_until > p_now, false) into v_of_caller, v_is_paused;

    -- The pause belongs to the account, not to the session: logging in again does not end it. A device is not switched
    -- off, or whoever types wrong numbers at it would lock in those who leave through it.
    if v_of_caller >= c_many and not v_is_paused then
        -- The pause is written to every gate (garita.keep_gates): those who count at one come first.
        perform from garita.gate_throttles t where t.site_id = p_site_id
        order by t.access_point_id, t.bucket for no key update;
        update garita.guess_counts c set paused_until = p_now + interval '10 minutes'
        where c.site_id = p_site_id and c.subject = v_subject;
        update garita.sessions s set revoked_at = p_now where s.user_id = p_user_id and s.revoked_at is null;
        insert into garita.audit (site_id, user_id, actor, request_id, address, table_name, row_id, action, changes)
        values (
            p_site_id, null, 'gate', '', '', case when p_device_id is null then 'users' else 'devices' end,
            coalesce(p_device_id, p_user_id), 'ALARM', '{"wrong_codes_in_ten_minutes": [null, 30]}');
    end if;

    if v_of_site % 1000 = 0 then
        perform garita.close_gates(p_site_id, p_now, p_today);
    end if;
    if v_of_site = 300 or v_of_site % 1000 = 0 then
        insert into garita.audit (site_id, user_id, actor, request_id, address, table_name, row_id, action, changes)
        values (
            p_site_id, null, 'gate', '', '', 'sites', p_site_id, 'ALARM',
            jsonb_build_object('wrong_codes_in_a_day', jsonb_build_array(null, v_of_site)));
    end if;
end
$$;

comment on function garita.count_guess(bigint, bigint, bigint, boolean, boolean, timestamptz, date) is
    'Counts a wrong short code of a caller, or one refused unread: thirty in ten minutes pause the caller''s short '
    'codes for ten minutes at every gate and end the sessions of an account. Of those looked up, the three hundredth '
    'of a site in a day raises an alarm, every thousandth closes both buckets of all its gates until somebody '
    'acknowledges.';
