create or replace function garita.copy_callers(p_user_ids bigint[]) returns integer
language plpgsql volatile
as $$
declare
    v_changed integer;
begin
    update garita.sessions s
    set site_id = c.site_id, caller_role = c.caller_role, caller_version = c.caller_version
    from garita.callers() c
    where c.user_id = any (p_user_ids) and s.user_id = c.user_id and s.revoked_at is null
        and (s.site_id, s.caller_role, s.caller_version)
            is distinct from (c.site_id, c.caller_role, c.caller_version);
    get diagnostics v_changed = row_count;
    return v_changed;
end
$$;

comment on function garita.copy_callers(bigint[]) is
    'Writes into the live sessions of these accounts what they hold of them, where it differs; returns into how many.';
