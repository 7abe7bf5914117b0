create or replace function api.outbox_wall_clock(p_door_id bigint) returns bigint
language sql volatile security definer
set search_path = garita, pg_temp
as $$
    select floor(extract(epoch from clock_timestamp() at time zone s.time_zone))::bigint
    from garita.doors d
    join garita.sites s on s.id = d.site_id
    where d.id = p_door_id
$$;

comment on function api.outbox_wall_clock(bigint) is
    'What the clock on the wall shows at the site of a door, as the seconds since 1970-01-01 00:00:00 on the same wall: for '
    'devices whose clock has no zone.';
grant execute on function api.outbox_wall_clock(bigint) to garita_outbox;
