create or replace function garita.wants_open(p_site_id bigint) returns boolean
language sql stable
as $$
    select exists (select from garita.emergencies e where e.site_id = p_site_id and e.ended_at is null)
$$;

comment on function garita.wants_open(bigint) is 'Whether all doors of a site are to stay open now.';
