create or replace function garita.count_failure(
    p_site_id bigint, p_access_point_id bigint, p_now timestamptz, p_today date)
returns void
language plpgsql volatile
as $$
begin
    insert into garita.gate_throttles as t (site_id, access_point_id, tokens, refilled_at, day, day_failures)
    values (p_site_id, coalesce(p_access_point_id, 0), 9, p_now, p_today, 1)
    on conflict (site_id, access_point_id) do update set
        tokens = greatest(0, least(10, t.tokens + date_part('epoch', p_now - t.refilled_at) / 60) - 1),
        refilled_at = p_now,
        day = p_today,
        day_failures = case when t.day = p_today then t.day_failures else 0 end + 1,
        short_off = t.short_off or t.day = p_today and t.day_failures >= 99;
end
$$;

comment on function garita.count_failure(bigint, bigint, timestamptz, date) is
    'A wrong short code takes a token of its gate; ten at most are there, one comes back a minute. The hundredth of a '
    'day switches short codes off at that gate until a guard acknowledges.';
