-- A row's time is taken when its decision begins, and the row appears when that commits. So "everything before a moment
-- is there" is known only once all transactions of that moment have ended. A look takes a number of its own: whoever had
-- one when its transaction began has a lower one, and once all lower ones have ended, all is there. A decision that had
-- none yet is covered by the minute: no statement of a pool may run that long.
create or replace function garita.roll_up_log(p_site_id bigint, p_rows integer) returns boolean
language plpgsql volatile
-- The next row is found by the index, however little is known of the table.
set enable_seqscan = off
set enable_sort = off
set jit = off
as $$
declare
    v_progress garita.log_rollup_progress;
    v_until timestamptz;
    v_zone text;
    v_starts timestamptz;
    v_ends timestamptz;
begin
    -- One at a time; who comes second has nothing to do.
    if not pg_try_advisory_xact_lock(hashtextextended('garita.log_rollups', p_site_id)) then
        return false;
    end if;
    -- Read under the lock: whoever changes the time zone discards the rollups under it (garita.discard_log_rollups).
    v_zone := (select s.time_zone from garita.sites s where s.id = p_site_id);
    if v_zone is null then
        return false;
    end if;
    insert into garita.log_rollup_progress (site_id) values (p_site_id) on conflict do nothing;
    select s.* into v_progress from garita.log_rollup_progress s where s.site_id = p_site_id;
    -- A transaction id that this cluster has not reached is of another one: the database was restored from a dump.
    if v_progress.seen_transaction is null
        or v_progress.seen_transaction >= pg_snapshot_xmax(pg_current_snapshot())
    then
        update garita.log_rollup_progress s
        set seen_at = now(), seen_transaction = pg_current_xact_id()
        where s.site_id = p_site_id;
        return false;
    elsif v_progress.seen_transaction > pg_snapshot_xmin(pg_current_snapshot()) then
        return false;
    end if;

    -- No more than so many rows at once: whoever waits for it has a deadline.
    v_until := least(v_progress.seen_at - interval '1 minute', (
        select l."timestamp" from garita.access_logs l
        where l.site_id = p_site_id and l."timestamp" >= v_progress.rolled_up_until
        order by l."timestamp" offset p_rows limit 1));
    loop
        select l."timestamp" into v_starts from garita.access_logs l
        where l.site_id = p_site_id and l."timestamp" >= v_progress.rolled_up_until and l."timestamp" < v_until
        order by l."timestamp" limit 1;
        exit when not found;
        v_starts := garita.day_start(v_starts, v_zone);
        -- 36 hours later it is the next day, whatever the clock does in between.
        v_ends := garita.day_start(v_starts + interval '36 hours', v_zone);
        perform garita.roll_up_log_day(
            p_site_id, v_starts, v_ends, greatest(v_starts, v_progress.rolled_up_until), least(v_ends, v_until));
        v_progress.rolled_up_until := least(v_ends, v_until);
    end loop;

    update garita.log_rollup_progress s
    set rolled_up_until = greatest(s.rolled_up_until, v_until), seen_at = now(),
        seen_transaction = pg_current_xact_id()
    where s.site_id = p_site_id;
    return true;
end
$$;

comment on function garita.roll_up_log(bigint, integer) is
    'Adds further log rows of a site to the rollups, at most so many and none that an unfinished transaction may still '
    'precede. False: not yet; call again when the transactions of this moment have ended.';
