create or replace function garita.renew_gates(p_site_id bigint) returns integer
language plpgsql volatile
as $$
declare
    v_written integer;
    v_gone integer;
begin
    -- Whoever else renews them waits here, and then sees what this transaction has changed.
    perform from garita.gates g where p_site_id is null or g.site_id = p_site_id
    order by g.site_id, g.point_id for no key update;
    insert into garita.gates as g
    select f.* from garita.fresh_gates() f where p_site_id is null or f.site_id = p_site_id
    order by f.site_id, f.point_id
    on conflict (site_id, point_id) do update set
        (point_name, building_id, is_plain, is_active, directions, readers, time_zone, grace_before, grace_after,
            has_blocklist, log_until, guesses_until, doors) = (
            excluded.point_name, excluded.building_id, excluded.is_plain, excluded.is_active, excluded.directions,
            excluded.readers, excluded.time_zone, excluded.grace_before, excluded.grace_after, excluded.has_blocklist,
            excluded.log_until, excluded.guesses_until, excluded.doors)
    where g.* is distinct from excluded.*;
    get diagnostics v_written = row_count;
    delete from garita.gates g
    where (p_site_id is null or g.site_id = p_site_id)
        and not exists (
            select from garita.sites s
            where s.id = g.site_id and s.is_active
                and (g.point_id = 0 or exists (select from garita.access_points p where p.id = g.point_id)));
    get diagnostics v_gone = row_count;
    return v_written + v_gone;
end
$$;

comment on function garita.renew_gates(bigint) is
    'Writes garita.gates anew where it differs from the originals, of one site or (null) of all; returns how many rows.';
