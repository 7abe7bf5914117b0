create or replace function api.show_home(
    out today date, out since timestamp, out soon timestamp, out later date, out awaited bigint,
    out pending bigint, out inside bigint, out overdue bigint, out refused bigint, out passes bigint, out cards bigint,
    out alarms bigint)
language plpgsql stable security definer
set search_path = garita, pg_temp
set plan_cache_mode = force_generic_plan
set jit = off
as $$
declare
    v_site bigint := garita.current_site_id();
begin
    -- Moments to the minute and by the clock of the site, so that an address can name them.
    today := current_date;
    since := date_trunc('minute', localtimestamp - interval '24 hours');
    soon := date_trunc('minute', localtimestamp + interval '24 hours');
    later := today + 7;

    select count(*), count(*) filter (where v.status = 'PENDING') into awaited, pending
    from garita.visitors v
    where v.site_id = v_site and v.expected_date = today and v.status in ('PENDING', 'APPROVED');
    select count(*), count(*) filter (where v.expected_date < today) into inside, overdue
    from garita.visits_inside i
    join garita.visitors v on v.site_id = i.site_id and v.id = i.visitor_id
    where i.site_id = v_site;
    select c.total into refused
    from api.count_logs(since at time zone current_setting('TimeZone'), null, null, null, 'DENIED', 1, 1) c;
    select count(*) into passes
    from garita.temporary_codes t
    join garita.credentials k on k.code_kind = 'temporary' and k.code_id = t.id
    where t.site_id = v_site and t.is_active and k.times_used < k.max_uses and t.valid_until > now()
        and t.valid_until <= soon at time zone current_setting('TimeZone');
    select count(*) into cards
    from garita.access_codes c
    where c.site_id = v_site and c.is_active and c.expiry_date between today and later;
    select count(*) into alarms
    from garita.audit a
    where a.site_id = v_site and a.action = 'ALARM' and a.at >= since at time zone current_setting('TimeZone');
end
$$;

comment on function api.show_home() is
    'The figures of the start page: visits awaited today (of them not approved yet), inside (of them since an earlier '
    'day), refused and alarms since that moment, passes that end by soon and cards that end by later.';
grant execute on function api.show_home() to garita_admin;
