create or replace function garita.emergency_doors(p_site_id bigint)
returns table (door_id bigint, name text, gate text, driver text, state text, answer text, is_seen_open boolean)
language sql stable
as $$
    select d.id, d.name, p.name, d.driver, o.state,
        -- Until it has answered once, what is wrong with its device says most.
        coalesce(nullif(o.answer, ''), s.trouble, ''), coalesce(s.contact = 'open', false)
    from garita.doors d
    join garita.access_points p on p.id = d.access_point_id
    left join garita.door_states s on s.door_id = d.id
    left join garita.emergencies e on e.site_id = d.site_id and e.ended_at is null
    left join lateral (
        select b.state, b.answer from garita.outbox b
        where b.door_id = d.id and b.kind = 'hold' and b.created_at >= e.began_at
        order by b.id desc limit 1) o on true
    where d.site_id = p_site_id and d.is_active
    order by d.name, d.id
$$;

comment on function garita.emergency_doors(bigint) is
    'Every door in use of a site: how far the message has come that it should stay open (null for none), what its device '
    'answered, and whether its contact says that it is open.';
