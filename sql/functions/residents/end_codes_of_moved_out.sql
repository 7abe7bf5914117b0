-- The gate refuses from that day on by itself; this makes the rows say so.
create or replace function garita.end_codes_of_moved_out() returns bigint
language sql volatile
as $$
    with gone as (
        select r.id, r.site_id from garita.residents r join garita.sites s on s.id = r.site_id
        where r.move_out_date <= (clock_timestamp() at time zone s.time_zone)::date
    ), permanent as (
        update garita.access_codes c set is_active = false from gone g
        where c.resident_id = g.id and c.is_active
        returning c.id
    ), temporary as (
        update garita.temporary_codes t set is_active = false, revoked_at = clock_timestamp()
        from garita.visitors v join gone g on g.id = v.resident_id
        where t.visitor_id = v.id and t.is_active
        returning t.id
    )
    select (select count(*) from permanent) + (select count(*) from temporary)
$$;

comment on function garita.end_codes_of_moved_out() is
    'Ends the codes of residents whose move-out date has come at their site; for the daily command. How many ended.';
