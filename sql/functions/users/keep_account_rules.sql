-- Nobody changes their own role, state or staff flag; and a change that takes rights away voids every token at once.
create or replace function garita.keep_account_rules() returns trigger
language plpgsql
as $$
begin
    if old.id = garita.current_user_id() and (
        tg_op = 'DELETE'
        or (new.role, new.is_active, new.is_active_employee, new.is_superuser)
            is distinct from (old.role, old.is_active, old.is_active_employee, old.is_superuser))
    then
        raise exception using errcode = 'GA403', hint = 'own_account',
            message = 'You do not have permission to perform this action.',
            detail = 'No tiene permiso para realizar esta acción.';
    end if;
    if tg_op = 'DELETE' then
        -- The history names the account by its name, so it stays.
        if old.last_login is not null and current_user = 'garita_admin' then
            raise exception using errcode = 'GA409', hint = 'account_used',
                message = 'The account has been used: deactivate it instead.',
                detail = 'La cuenta ya se usó: desactívela en su lugar.';
        end if;
        return old;
    end if;

    if (new.role, new.is_active, new.is_superuser, new.site_id)
            is distinct from (old.role, old.is_active, old.is_superuser, old.site_id)
        or new.password_hash <> old.password_hash
            and current_setting('garita.password_upgrade', true) is distinct from 'on'
    then
        new.token_version := old.token_version + 1;
    end if;
    return new;
end
$$;

comment on function garita.keep_account_rules() is
    'Refuses changes of one''s own rights (GA403) and raises the epoch of an account whose rights or password changed.';

create or replace trigger keep_account_rules before update or delete on garita.users
    for each row execute function garita.keep_account_rules();
