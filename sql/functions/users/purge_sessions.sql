create or replace function garita.purge_sessions() returns integer
language plpgsql volatile
as $$
declare
    v_purged integer;
begin
    delete from garita.sessions s
    where least(s.revoked_at, s.expires_at, s.absolute_end) < clock_timestamp() - interval '30 days';
    get diagnostics v_purged = row_count;
    return v_purged;
end
$$;

comment on function garita.purge_sessions() is
    'Deletes sessions that ended thirty days ago, and returns how many; the audit has when they began. Run daily.';
