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
    'Forgets answers to requests of more than 48 hours ago, and answers how many; and counts of wrong codes that are over. For the timer''s command.';
