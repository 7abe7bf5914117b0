create or replace function garita.keep_session_caller() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    perform garita.lock_caller(new.user_id);
    select c.site_id, c.caller_role, c.caller_version into new.site_id, new.caller_role, new.caller_version
    from garita.callers() c where c.user_id = new.user_id;
    return new;
end
$$;

comment on function garita.keep_session_caller() is 'A session begins with what it holds of its account (garita.callers).';

-- Of an ended session nothing is kept up to date, because it lets nobody in.
create or replace trigger keep_session_caller before insert or update of user_id, revoked_at on garita.sessions
    for each row when (new.revoked_at is null) execute function garita.keep_session_caller();
