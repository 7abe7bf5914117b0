-- The gate refuses from that day on anyway; this writes it into the rows.
create or replace function garita.end_codes_of_moved_out() returns bigint
language sql volatile
as $$
    with gone as (
        select r.id from garita.residents r join garita.sites s on s.id = r.site_id
        where r.move_out_date <= (clock_timestamp() at time zone s.time_zone)::date
    ), permanent as (
        update garita.access_codes c set is_active = false from gone g
        where c.resident_id = g.id and c.is_active
        returning c.id
    )
    select (select count(*) from permanent)
        + coalesce((select sum(garita.end_passes_of_resident(g.id, null)) from gone g), 0)::bigint
$$;

comment on function garita.end_codes_of_moved_out() is
    'Ends the codes of residents whose move-out date has come at their site, and the passes that depend on them. Run '
    'daily. Returns how many ended.';
