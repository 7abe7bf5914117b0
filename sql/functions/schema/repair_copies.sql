-- For rows written where no trigger fires, as by a restore or by hand, and for a migration that changes what is copied.
create or replace function garita.repair_copies() returns bigint
language plpgsql volatile
as $$
declare
    v_repaired bigint := 0::bigint;
    v_user_id bigint;
begin
    for v_user_id in
        select distinct s.user_id
        from garita.sessions s
        join garita.callers() c using (user_id)
        where s.revoked_at is null
            and (s.site_id, s.caller_role, s.caller_version) is distinct from (c.site_id, c.caller_role, c.caller_version)
        order by s.user_id
    loop
        perform garita.lock_caller(v_user_id);
        v_repaired := v_repaired + garita.copy_callers(array[v_user_id])::bigint;
    end loop;
    return v_repaired + garita.renew_gates(null) + garita.repair_credentials();
end
$$;

comment on function garita.repair_copies() is
    'Puts right the rows that garita.check_copies counts; returns how many. Run daily, and after each migration.';
