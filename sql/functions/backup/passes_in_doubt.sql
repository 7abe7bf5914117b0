create or replace function garita.passes_in_doubt(p_since timestamptz) returns setof bigint
language sql stable
as $$
    select t.id
    from garita.temporary_codes t
    join garita.credentials c on c.code_kind = 'temporary' and c.code_id = t.id
    where t.is_active and c.times_used < c.max_uses and t.valid_from < clock_timestamp() and t.valid_until >= p_since
$$;

comment on function garita.passes_in_doubt(timestamptz) is
    'Passes that open now and may have been used since then: of a restored database nobody knows how often.';
