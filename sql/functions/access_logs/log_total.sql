create or replace function garita.log_total(
    p_site_id bigint, p_method text, p_status text, p_type text, p_access_point_id bigint, p_before timestamptz)
returns bigint
language plpgsql stable
as $$
declare
    v_day timestamptz := garita.log_day_before(p_site_id, p_before);
begin
    return coalesce((
        select s.total from garita.log_rollups s
        where s.site_id = p_site_id and s.access_method = p_method and s.status = p_status and s.access_type = p_type
            and s.access_point_id = p_access_point_id and s.starts_at = v_day), 0);
end
$$;

comment on function garita.log_total(bigint, text, text, text, bigint, timestamptz) is
    'Log rows of a kind since the beginning of the log until a midnight.';
