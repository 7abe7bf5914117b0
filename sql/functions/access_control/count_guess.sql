-- Called before count_failure, and the site before the caller: every failure locks its rows in one order.
create or replace function garita.count_guess(
    p_site_id bigint, p_user_id bigint, p_device_id bigint, p_now timestamptz, p_today date)
returns void
language plpgsql volatile
as $$
declare
    v_of_site integer;
    v_of_caller integer;
begin
    insert into garita.guess_counts as c (site_id, caller, since, failures) values (p_site_id, '', p_now, 1)
    on conflict (site_id, caller) do update set
        failures = case when c.since > p_now - interval '1 day' then c.failures else 0 end + 1,
        since = case when c.since > p_now - interval '1 day' then c.since else p_now end
    returning c.failures into v_of_site;
    insert into garita.guess_counts as c (site_id, caller, since, failures)
    values (p_site_id, case when p_device_id is null then 'u:' || p_user_id else 'd:' || p_device_id end, p_now, 1)
    on conflict (site_id, caller) do update set
        failures = case when c.since > p_now - interval '10 minutes' then c.failures else 0 end + 1,
        since = case when c.since > p_now - interval '10 minutes' then c.since else p_now end
    returning c.failures into v_of_caller;

    if v_of_caller = 30 then
        update garita.sessions s set revoked_at = p_now where s.user_id = p_user_id and s.revoked_at is null;
        update garita.devices d set is_active = false where d.id = p_device_id;
        insert into garita.audit (site_id, user_id, actor, request_id, address, table_name, row_id, action, changes)
        values (
            p_site_id, null, 'gate', '', '', case when p_device_id is null then 'users' else 'devices' end,
            coalesce(p_device_id, p_user_id), 'ALARM', '{"wrong_codes_in_ten_minutes": [null, 30]}');
    end if;

    if v_of_site % 1000 = 0 then
        insert into garita.gate_throttles as t (site_id, access_point_id, tokens, refilled_at, day, day_failures, short_off)
        select p_site_id, p.id, 10, p_now, p_today, 0, true
        from (select a.id from garita.access_points a where a.site_id = p_site_id union all select 0) p
        on conflict (site_id, access_point_id) do update set short_off = true;
    end if;
    if v_of_site = 300 or v_of_site % 1000 = 0 then
        insert into garita.audit (site_id, user_id, actor, request_id, address, table_name, row_id, action, changes)
        values (
            p_site_id, null, 'gate', '', '', 'sites', p_site_id, 'ALARM',
            jsonb_build_object('wrong_codes_in_a_day', jsonb_build_array(null, v_of_site)));
    end if;
end
$$;

comment on function garita.count_guess(bigint, bigint, bigint, timestamptz, date) is
    'A wrong short code of a caller: the thirtieth in ten minutes ends the sessions of the account or switches the device '
    'off; the three hundredth of a site in a day is an alarm, every thousandth switches short codes off at all its gates '
    'until guards acknowledge.';
