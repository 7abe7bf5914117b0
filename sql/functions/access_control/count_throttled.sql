create or replace function garita.count_throttled(p_site_id bigint, p_access_point_id bigint, p_now timestamptz)
returns boolean
language plpgsql volatile
as $$
declare
    v_minute timestamptz := date_trunc('minute', p_now);
    v_count integer;
begin
    update garita.gate_throttles t
    set throttled_count = case when t.throttled_minute = v_minute then t.throttled_count + 1 else 1 end,
        throttled_minute = v_minute
    where t.site_id = p_site_id and t.access_point_id = coalesce(p_access_point_id, 0)
    returning t.throttled_count into v_count;
    return v_count = 1;
end
$$;

comment on function garita.count_throttled(bigint, bigint, timestamptz) is
    'Counts an attempt that is not looked at; true for the first of the minute, the only one that is logged.';
