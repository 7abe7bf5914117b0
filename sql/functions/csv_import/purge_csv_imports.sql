create or replace function garita.purge_csv_imports() returns integer
language plpgsql volatile
as $$
declare
    v_purged integer;
begin
    delete from garita.csv_imports u
    where u.imported_at is null and u.created_at < clock_timestamp() - interval '1 hour';
    get diagnostics v_purged = row_count;
    -- What could not be imported, or not be undone, contains personal data: it is not needed for longer.
    update garita.csv_imports u set report = null
    where u.report is not null and u.updated_at < clock_timestamp() - interval '30 days';
    return v_purged;
end
$$;

comment on function garita.purge_csv_imports() is
    'Deletes files that were not imported within an hour, and returns how many. Run daily.';
