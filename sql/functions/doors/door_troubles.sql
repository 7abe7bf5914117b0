create or replace function garita.door_troubles(p_site_id bigint)
returns table (trouble text, door_id bigint, door text, access_point_id bigint, detail text)
language sql stable
as $$
    select 'door', d.id, d.name, d.access_point_id, s.trouble
    from garita.doors d join garita.door_states s on s.door_id = d.id
    where d.site_id = p_site_id and d.is_active and s.trouble <> ''
    union all
    select 'door_held', d.id, d.name, d.access_point_id, ''
    from garita.doors d join garita.door_states s on s.door_id = d.id
    where d.site_id = p_site_id and d.is_active and s.contact = 'open' and d.held_after_seconds > 0
        and s.contact_since + d.held_after_seconds * interval '1 second' <= now()
        and not garita.wants_open(p_site_id)
$$;

comment on function garita.door_troubles(bigint) is
    'What is wrong now with doors in use of a site: door (detail: the word of its driver), door_held (open for too long).';
