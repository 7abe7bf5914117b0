-- As the owner: whoever changes an account has no rights on its sessions. garita.kept_session names the one from which
-- its owner sets a new password.
create or replace function garita.end_sessions() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    if current_setting('garita.password_upgrade', true) is distinct from 'on' then
        update garita.sessions s set revoked_at = clock_timestamp()
        where s.user_id = new.id and s.revoked_at is null
            and s.id is distinct from nullif(current_setting('garita.kept_session', true), '')::bigint;
        delete from garita.password_links l where l.user_id = new.id;
    end if;
    -- A new password ends the waiting time too.
    if new.password_hash <> old.password_hash then
        delete from garita.login_throttles t where t.user_id = new.id;
    end if;
    return null;
end
$$;

comment on function garita.end_sessions() is 'A new password or a disabled account ends every refresh token and link of it.';

create or replace trigger end_sessions after update on garita.users for each row
    when (new.password_hash <> old.password_hash or old.is_active and not new.is_active)
    execute function garita.end_sessions();
