create or replace function api.end_user_sessions(p_user_id bigint) returns integer
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_ended integer;
begin
    if p_user_id is distinct from garita.current_user_id() then
        perform garita.require_administrator_of(p_user_id);
    end if;
    update garita.sessions s set revoked_at = clock_timestamp() where s.user_id = p_user_id and s.revoked_at is null;
    get diagnostics v_ended = row_count;
    return v_ended;
end
$$;

comment on function api.end_user_sessions(bigint) is
    'Ends every session of one''s own, the current one too, or as an administrator those of an account of the site; '
    'returns how many. GA404 for others.';
grant execute on function api.end_user_sessions(bigint) to garita_admin, garita_guard, garita_resident;
