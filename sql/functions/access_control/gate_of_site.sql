create or replace function garita.gate_of_site(p_site_id bigint, p_access_point_id bigint) returns garita.gates
language plpgsql stable
as $$
begin
    return (
        select g from garita.gates g
        where g.site_id = p_site_id and g.point_id in (coalesce(p_access_point_id, 0), 0)
        order by g.point_id = 0
        limit 1);
end
$$;

comment on function garita.gate_of_site(bigint, bigint) is
    'What decisions know of a gate of a site; gate 0 where none is named, or the site has none of that number. Null for a site '
    'that is not active.';
