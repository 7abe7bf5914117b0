create or replace function garita.purge_jobs() returns integer
language plpgsql volatile
as $$
declare
    v_purged integer;
begin
    delete from garita.jobs j
    where j.started_at < clock_timestamp() - interval '400 days'
        and j.id not in (select max(k.id) from garita.jobs k where k.succeeded group by k.job);
    get diagnostics v_purged = row_count;
    return v_purged;
end
$$;

comment on function garita.purge_jobs() is
    'Deletes runs of regular commands of more than 400 days ago, but for the last success of each, and returns how many.';
