create or replace function garita.emergency_doors(p_site_id bigint)
returns table (
    door_id bigint, name text, gate text, driver text, state text, answer text, trouble text, contact text,
    contact_since timestamptz, is_confirmed boolean, is_opening boolean)
language sql stable
as $$
    select d.id, d.name, p.name, d.driver, o.state, coalesce(o.answer, ''), coalesce(s.trouble, ''), coalesce(s.contact, ''),
        s.contact_since,
        -- A contact may be old, and a door that happened to be open does not stay so: only its own message confirms it.
        coalesce(o.state = 'confirmed' and coalesce(s.trouble, '') = '', false),
        coalesce(
            o.state <> 'confirmed' and coalesce(s.trouble, '') = '' and (o.answer = '' or o.state = 'accepted')
                and o.created_at > clock_timestamp() - interval '15 seconds', false)
    from garita.doors d
    join garita.access_points p on p.id = d.access_point_id
    left join garita.door_states s on s.door_id = d.id
    left join garita.emergencies e on e.site_id = d.site_id and e.ended_at is null
    left join lateral (
        select b.state, b.answer, b.created_at from garita.outbox b
        where b.door_id = d.id and b.kind = 'hold' and b.created_at >= e.began_at
        order by b.id desc limit 1) o on true
    where d.site_id = p_site_id and d.is_active
    order by d.name, d.id
$$;

comment on function garita.emergency_doors(bigint) is
    'Every door in use of a site: how far the message of this emergency that it should stay open has come (null for none), what '
    'its device answered to it, what is wrong with the device now, what its contact said last and when, whether it is known to '
    'be held open, and whether it still has time for that (15 seconds).';
