create or replace function garita.end_passes_of_resident(p_resident_id bigint, p_unit_id bigint) returns bigint
language sql volatile
as $$
    with resting as (
        select t.id from garita.visitors v join garita.temporary_codes t on t.visitor_id = v.id
        where v.resident_id = p_resident_id and v.unit_id is distinct from p_unit_id and t.is_active
        union
        select t.id from garita.visitors v join garita.temporary_codes t on t.visitor_id = v.id
        where v.sponsor_id = p_resident_id and v.unit_id is distinct from p_unit_id and t.is_active
        union
        select t.id from garita.temporary_codes t join garita.visitors v on v.id = t.visitor_id
        where t.sponsor_id = p_resident_id and v.unit_id is distinct from p_unit_id and t.is_active
    ), ended as (
        update garita.temporary_codes t set is_active = false, revoked_at = clock_timestamp()
        from resting r
        where t.id = r.id and not garita.is_used_up(t.id)
        returning t.id
    )
    select count(*) from ended
$$;

comment on function garita.end_passes_of_resident(bigint, bigint) is
    'Revokes the passes that depend on a resident, as host, as sponsor of the visit or as who issued them; but not '
    'those to the home given. Returns how many ended.';
