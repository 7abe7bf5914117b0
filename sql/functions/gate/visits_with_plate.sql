-- Those near first, each kind by its own index: no index finds the middle of a plate without its hyphens.
create or replace function garita.visits_with_plate(p_site_id bigint, p_part text) returns bigint[]
language sql stable
return array(
    with near (id) as materialized (
        select v.id from garita.visitors v
        where v.site_id = p_site_id and v.expected_date between current_date and current_date + 7
        union
        select i.visitor_id from garita.visits_inside i where i.site_id = p_site_id
        union
        select t.visitor_id from garita.temporary_codes t
        where t.site_id = p_site_id and t.is_active and t.valid_until > now() and not garita.is_used_up(t.id))
    select v.id from near n join garita.visitors v on v.id = n.id
    where v.vehicle_plate <> '' and regexp_replace(garita.fold(v.vehicle_plate), '[^a-z0-9]', '', 'g') like '%' || p_part || '%'
    limit 20);

comment on function garita.visits_with_plate(bigint, text) is
    'Visits of a site that a gate may have to do with (garita.is_visit_near) in whose plate the part is found: letters and '
    'digits alone, small.';
