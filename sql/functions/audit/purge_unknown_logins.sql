create or replace function garita.purge_unknown_logins() returns integer
language plpgsql volatile
as $$
declare
    v_purged integer;
begin
    delete from garita.audit a
    where a.site_id is null and a.at < clock_timestamp() - interval '30 days'
        and garita.is_forgettable(to_jsonb(a));
    get diagnostics v_purged = row_count;
    return v_purged;
end
$$;

comment on function garita.purge_unknown_logins() is
    'Deletes log-ins older than thirty days under names without an account, and returns how many. Run daily.';
