create or replace function garita.discard_log_rollups(p_site_id bigint) returns void
language plpgsql volatile
as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('garita.log_rollups', p_site_id));
    delete from garita.log_rollups s where s.site_id = p_site_id;
    delete from garita.log_people p where p.site_id = p_site_id;
    delete from garita.log_people_rollups p where p.site_id = p_site_id;
    delete from garita.log_day_rollups d where d.site_id = p_site_id;
    delete from garita.log_rollup_progress s where s.site_id = p_site_id;
end
$$;

comment on function garita.discard_log_rollups(bigint) is
    'Deletes the rollups of a site: until they are made again, everything is counted. Called by whoever writes into '
    'the past of the log, and when the days of the site change.';
