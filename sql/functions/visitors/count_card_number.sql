-- Counted before the number is looked at, and whatever becomes of it: that a number is in use tells that it opens something.
-- By the home of whoever asks, because a pass that is refused with its card is gone afterwards.
create or replace function api.count_card_number() returns integer
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    c_most constant integer := 20;
    c_period constant interval := interval '1 day';
    v_now timestamptz := clock_timestamp();
    v_count garita.guess_counts;
begin
    insert into garita.guess_counts as c (site_id, subject, since, failures)
    select garita.current_site_id(), 'c:' || u.id, v_now, 1
    from unnest(garita.current_unit_ids()) u (id)
    limit 1
    on conflict (site_id, subject) do update
    set since = case when c.since > v_now - c_period then c.since else v_now end,
        failures = case when c.since > v_now - c_period then least(c.failures, c_most) + 1 else 1 end
    returning * into v_count;

    return case when v_count.failures > c_most
        then greatest(1, ceil(extract(epoch from v_count.since + c_period - v_now)))::integer else 0 end;
end
$$;

comment on function api.count_card_number() is
    'Counts a number that a home gives as the card of a pass: 0 when it may be looked at, else the seconds until the day of the '
    'first one is over. Twenty a day for a home; staff are not counted.';
grant execute on function api.count_card_number() to garita_admin, garita_resident;
