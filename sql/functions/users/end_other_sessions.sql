create or replace function api.end_other_sessions() returns integer
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_ended integer;
begin
    update garita.sessions s set revoked_at = clock_timestamp()
    where s.user_id = garita.current_user_id() and s.revoked_at is null
        and s.id is distinct from nullif(current_setting('garita.session_id', true), '')::bigint;
    get diagnostics v_ended = row_count;
    return v_ended;
end
$$;

comment on function api.end_other_sessions() is
    'Ends every session of one''s own but the current one; returns how many.';
grant execute on function api.end_other_sessions() to garita_admin, garita_guard, garita_resident;
