create or replace function garita.passes_behind(p_resident_id bigint) returns bigint[]
language sql stable
as $$
    select array(
        select t.id from garita.visitors v join garita.temporary_codes t on t.visitor_id = v.id
        where v.resident_id = p_resident_id
        union
        select t.id from garita.visitors v join garita.temporary_codes t on t.visitor_id = v.id
        where v.sponsor_id = p_resident_id
        union
        select t.id from garita.temporary_codes t where t.sponsor_id = p_resident_id)
$$;

comment on function garita.passes_behind(bigint) is
    'The codes that depend on a resident: as host, as sponsor of the visit or as who issued them.';
