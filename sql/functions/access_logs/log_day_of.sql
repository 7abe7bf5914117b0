-- From the end: pages near the beginning of a newest-first list are those that are asked for.
create or replace function garita.log_day_of(
    p_site_id bigint, p_status text, p_type text, p_access_point_id bigint, p_total bigint, p_from timestamptz,
    p_until timestamptz, out starts_at timestamptz, out ends_at timestamptz, out total bigint)
language plpgsql stable
as $$
declare
    v_first timestamptz;
begin
    select s.starts_at + interval '1 microsecond' into v_first from garita.log_rollups s
    where s.site_id = p_site_id and s.access_method = '' and s.status = p_status and s.access_type = p_type
        and s.access_point_id = p_access_point_id and s.starts_at >= p_from and s.starts_at < p_until
        and s.total < p_total
    order by s.starts_at desc limit 1;
    select s.starts_at, s.ends_at, s.total into starts_at, ends_at, total from garita.log_rollups s
    where s.site_id = p_site_id and s.access_method = '' and s.status = p_status and s.access_type = p_type
        and s.access_point_id = p_access_point_id and s.starts_at >= coalesce(v_first, p_from)
        and s.starts_at < p_until
    order by s.starts_at limit 1;
end
$$;

comment on function garita.log_day_of(bigint, text, text, bigint, bigint, timestamptz, timestamptz) is
    'The first day of p_from <= day < p_until at whose end the log had so many rows of a kind; null for none.';
