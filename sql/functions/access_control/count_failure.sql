-- No moment and no day moves backwards, so that a clock that was put back grants no tokens twice.
create or replace function garita.count_failure(
    p_site_id bigint, p_access_point_id bigint, p_buckets text[], p_user_id bigint, p_is_late_exit boolean,
    p_now timestamptz, p_today date)
returns void
language plpgsql volatile
as $$
begin
    insert into garita.gate_throttles as t (
        site_id, access_point_id, bucket, tokens, refilled_at, day, day_failures, guessed_by, exit_failures,
        exit_failed_at)
    select p_site_id, coalesce(p_access_point_id, 0), b.name, 9, p_now, p_today, 1,
        array_remove(array[p_user_id], null), case when p_is_late_exit then 1 else 0 end,
        case when p_is_late_exit then p_now end
    from unnest(p_buckets) b (name)
    order by b.name
    on conflict (site_id, access_point_id, bucket) do update set
        tokens = greatest(0, garita.tokens_left(t, p_now) - 1),
        refilled_at = greatest(t.refilled_at, p_now),
        day = greatest(t.day, p_today),
        day_failures = case when t.day >= p_today then t.day_failures else 0 end + 1,
        short_off = t.short_off or t.day >= p_today and t.day_failures >= 99,
        guessed_by = excluded.guessed_by
            || case when t.day >= p_today or t.short_off then array_remove(t.guessed_by, p_user_id) end,
        exit_failures = case
            when not p_is_late_exit then t.exit_failures
            when t.exit_failed_at > p_now - interval '10 minutes' then t.exit_failures + 1
            else 1
        end,
        exit_failed_at = case when p_is_late_exit then greatest(t.exit_failed_at, p_now) else t.exit_failed_at end;
end
$$;

comment on function garita.count_failure(bigint, bigint, text[], bigint, boolean, timestamptz, date) is
    'Takes a token for a wrong short code from each bucket it was looked up in: a bucket holds ten and regains one a '
    'minute. The hundredth of a day closes the bucket until somebody acknowledges. A late exit is one that was looked '
    'up although the bucket was closed.';
