-- A period as whole days that are rolled up and pieces that are counted: at most half a day at its beginning (added to, or
-- subtracted from whole days), and what is newer than the rollups, or than the last midnight before its end.
create or replace function garita.log_window(
    p_from timestamptz, p_until timestamptz,
    out site_id bigint, out since timestamptz, out until timestamptz,
    out rollups_from timestamptz, out rollups_until timestamptz, out edge_from timestamptz, out edge_until timestamptz,
    out edge_sign integer)
language plpgsql stable
as $$
declare
    v_rolled_up timestamptz;
    v_zone text;
    v_day timestamptz;
    v_next timestamptz;
begin
    select s.id, s.time_zone, coalesce(m.rolled_up_until, '-infinity') into site_id, v_zone, v_rolled_up
    from garita.sites s left join garita.log_rollup_progress m on m.site_id = s.id
    where s.id = garita.current_site_id();
    since := coalesce(p_from, '-infinity');
    until := coalesce(p_until, 'infinity');
    -- The owner bypasses the policies, so what a guard may read is repeated here.
    if garita.current_role_name() = 'GUARD' then
        since := greatest(since, now() - interval '30 days' + interval '1 microsecond');
    end if;

    rollups_from := since;
    rollups_until := v_rolled_up;
    if since > '-infinity' then
        v_day := garita.day_start(since, v_zone);
        v_next := garita.day_start(v_day + interval '36 hours', v_zone);
        rollups_from := case when v_day = since then since else v_next end;
    end if;
    if until < v_rolled_up then
        rollups_until := case when until > '-infinity' then garita.day_start(until, v_zone) else until end;
    end if;

    edge_sign := 0;
    -- A resident sees so few rows that all are counted.
    if rollups_from >= rollups_until or garita.current_role_name() = 'RESIDENT' then
        -- No whole day in between: all is counted.
        rollups_until := since;
        rollups_from := since;
    elsif rollups_from > since then
        if since - v_day < v_next - since then
            rollups_from := v_day;
            edge_from := v_day;
            edge_until := since;
            edge_sign := -1;
        else
            edge_from := since;
            edge_until := v_next;
            edge_sign := 1;
        end if;
    end if;
end
$$;

comment on function garita.log_window(timestamptz, timestamptz) is
    'How to count the caller''s log rows of since <= time < until: the rollups from one midnight to another, an edge '
    'to add or subtract, and every row from rollups_until on.';
