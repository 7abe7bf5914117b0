create or replace function garita.count_throttled(
    p_site_id bigint, p_access_point_id bigint, p_bucket text, p_now timestamptz, p_today date) returns text
language plpgsql volatile
as $$
declare
    v_minute timestamptz := date_trunc('minute', p_now);
    v_before timestamptz;
    v_count integer;
begin
    update garita.gate_throttles t
    set throttled_count = case when o.throttled_minute = v_minute then o.throttled_count + 1 else 1 end,
        throttled_minute = v_minute
    from (
        select f.* from garita.gate_throttles f
        where f.site_id = p_site_id and f.access_point_id = coalesce(p_access_point_id, 0) and f.bucket = p_bucket
        for no key update) o
    where t.site_id = o.site_id and t.access_point_id = o.access_point_id and t.bucket = o.bucket
    returning o.throttled_minute, o.throttled_count into v_before, v_count;
    if not found then
        -- No row yet: the caller is paused, not the gate.
        insert into garita.gate_throttles as t (
            site_id, access_point_id, bucket, tokens, refilled_at, day, day_failures, throttled_minute, throttled_count)
        values (p_site_id, coalesce(p_access_point_id, 0), p_bucket, 10, p_now, p_today, 0, v_minute, 1)
        on conflict (site_id, access_point_id, bucket) do update set throttled_count = t.throttled_count + 1;
    end if;
    return case
        when v_before = v_minute then null
        when v_count > 1 then (v_count - 1) || ' more in the minute of ' || v_before
        else ''
    end;
end
$$;

comment on function garita.count_throttled(bigint, bigint, text, timestamptz, date) is
    'Counts an attempt that is refused unread. Only the first of a minute is logged: for it the note, which gives the '
    'number of the others in the minute logged before; null for the others.';
