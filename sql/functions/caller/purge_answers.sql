create or replace function garita.purge_answers() returns integer
language plpgsql volatile
as $$
declare
    v_purged integer;
begin
    delete from garita.answers a where a.created_at < clock_timestamp() - interval '48 hours';
    get diagnostics v_purged = row_count;
    return v_purged;
end
$$;

comment on function garita.purge_answers() is
    'Deletes answers to requests older than 48 hours, and returns how many. Run daily.';
