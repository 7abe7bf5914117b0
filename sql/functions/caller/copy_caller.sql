-- As the owner: whoever changes an account has no rights on its sessions. Its name puts the trigger before end_sessions,
-- so that account, site and sessions are locked in this order, here and in garita.copy_callers_of_site.
create or replace function garita.copy_caller() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
declare
    v_row jsonb := coalesce(to_jsonb(new), to_jsonb(old));
    v_user_id bigint := (v_row ->> case when tg_table_name = 'users' then 'id' else 'user_id' end)::bigint;
begin
    perform garita.lock_caller(v_user_id);
    perform garita.copy_callers(array[v_user_id]);
    return null;
end
$$;

comment on function garita.copy_caller() is
    'What sessions hold of an account follows its change, or that of its second factor, in the same transaction.';

-- Not for a log-in, which writes last_login only.
create or replace trigger copy_caller after update on garita.users for each row
    when ((old.site_id, old.role, old.is_active, old.is_superuser, old.token_version)
        is distinct from (new.site_id, new.role, new.is_active, new.is_superuser, new.token_version))
    execute function garita.copy_caller();
create or replace trigger copy_caller after insert or delete or update of confirmed_at on garita.second_factors
    for each row execute function garita.copy_caller();
