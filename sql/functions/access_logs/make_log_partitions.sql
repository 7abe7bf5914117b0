-- The month before too: on the first of a month a clock may be put back over its beginning, and gates go on deciding.
create or replace function garita.make_log_partitions(p_months integer) returns integer
language sql volatile
as $$
    select count(*)::integer
    from generate_series(-1, greatest(p_months, 0)) ahead
    where garita.ensure_log_partition(
        ((clock_timestamp() at time zone 'UTC')::date + make_interval(months => ahead))::date)
$$;

comment on function garita.make_log_partitions(integer) is
    'Creates the log partitions of last month, of this one and of so many months ahead; returns how many were missing.';
