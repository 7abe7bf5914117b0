create or replace function garita.log_day_before(p_site_id bigint, p_before timestamptz) returns timestamptz
language plpgsql stable
as $$
begin
    return (select max(s.starts_at) from garita.log_rollups s where s.site_id = p_site_id and s.starts_at < p_before);
end
$$;

comment on function garita.log_day_before(bigint, timestamptz) is
    'The last day with rollups that begins before a moment: it holds a total of every kind of row seen until its end.';
