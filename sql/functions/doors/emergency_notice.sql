create or replace function garita.emergency_notice(p_site_id bigint) returns jsonb
language plpgsql stable
as $$
declare
    v_began_at timestamptz;
begin
    select e.began_at into v_began_at from garita.emergencies e where e.site_id = p_site_id and e.ended_at is null;
    -- Every page asks, and there is almost never one.
    if v_began_at is null then
        return null;
    end if;
    return (
        select jsonb_build_object(
            'since', to_char(v_began_at at time zone s.time_zone, 'HH24:MI'), 'doors', count(d.door_id),
            'open', count(*) filter (where d.is_confirmed),
            'opening', coalesce(jsonb_agg(d.name order by d.name) filter (where d.is_opening), '[]'),
            'others', coalesce(jsonb_agg(d.name order by d.name) filter (where not d.is_confirmed and not d.is_opening), '[]'))
        from garita.sites s
        left join garita.emergency_doors(p_site_id) d on true
        where s.id = p_site_id
        group by s.time_zone);
end
$$;

comment on function garita.emergency_notice(bigint) is
    'What pages say of an emergency: since (HH:MM at the site), doors and open (numbers), opening (names of those that still '
    'have time), others (names of those not known to be open). Null while there is none.';
