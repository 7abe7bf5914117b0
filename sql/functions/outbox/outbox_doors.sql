create or replace function api.outbox_doors()
returns table (
    id bigint, site_id bigint, name text, driver text, settings jsonb, secrets bytea, secrets_generation integer,
    open_seconds integer, held_after_seconds integer, wants_open boolean, access_point_id bigint, access_point_name text,
    direction text, time_zone text)
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select d.id, d.site_id, d.name, d.driver, d.settings, d.secrets, d.secrets_generation, d.open_seconds,
        d.held_after_seconds, garita.wants_open(d.site_id), d.access_point_id, p.name, d.direction, s.time_zone
    from garita.doors d
    join garita.access_points p on p.id = d.access_point_id
    join garita.sites s on s.id = d.site_id
    where d.is_active and s.is_active
    order by d.id
$$;

comment on function api.outbox_doors() is 'The doors in use, of all sites, with their sealed secrets.';
grant execute on function api.outbox_doors() to garita_outbox;
