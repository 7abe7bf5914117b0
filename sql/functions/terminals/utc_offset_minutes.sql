create or replace function garita.utc_offset_minutes(p_site_id bigint) returns integer
language sql stable
as $$
    select (extract(epoch from (now() at time zone s.time_zone) - (now() at time zone 'UTC')) / 60)::integer
    from garita.sites s where s.id = p_site_id
$$;

comment on function garita.utc_offset_minutes(bigint) is 'What a site adds to UTC now.';
