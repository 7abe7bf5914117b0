-- Rows written into time that is rolled up, as an import does, are detected by the difference.
create or replace function garita.refresh_log_rollups() returns integer
language plpgsql volatile
as $$
declare
    v_site bigint;
    v_wrong integer := 0;
begin
    for v_site in select s.id from garita.sites s loop
        if (select count(*) from garita.access_logs l join garita.log_rollup_progress s on s.site_id = l.site_id
            where l.site_id = v_site and l."timestamp" < s.rolled_up_until)
            <> coalesce((
                select s.total from garita.log_rollups s
                where s.site_id = v_site and s.access_method = '' and s.status = '' and s.access_type = ''
                    and s.access_point_id = -1
                order by s.starts_at desc limit 1), 0)
        then
            perform garita.discard_log_rollups(v_site);
            v_wrong := v_wrong + 1;
        end if;
        perform garita.roll_up_log(v_site, 2147483647);
    end loop;
    return v_wrong;
end
$$;

comment on function garita.refresh_log_rollups() is
    'Brings the rollups of every site up to date, and makes those anew that disagree with the log; returns how many '
    'did. The first of two calls stores which transactions the second waits for.';
