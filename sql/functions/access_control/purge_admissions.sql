create or replace function garita.purge_admissions() returns integer
language plpgsql volatile
as $$
declare
    v_purged integer;
begin
    delete from garita.admissions a where a.created_at < clock_timestamp() - interval '48 hours';
    get diagnostics v_purged = row_count;
    delete from garita.guess_counts c where c.since < clock_timestamp() - interval '1 day';
    return v_purged;
end
$$;

comment on function garita.purge_admissions() is
    'Deletes answers to requests older than 48 hours and returns how many; also counts of wrong codes that have ended. '
    'Run daily.';
