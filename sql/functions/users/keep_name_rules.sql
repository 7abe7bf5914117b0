-- Applies to requests: imported names keep working, and an operator may choose any name for the first administrator.
create or replace function garita.keep_name_rules() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    if tg_op = 'UPDATE' then
        if new.username = old.username then
            return new;
        end if;
    end if;
    new.name_key := garita.name_key(new.username);
    if garita.current_user_id() is not null then
        perform garita.require_good_name(new.username);
        if garita.is_role_word(new.username) then
            raise exception using errcode = 'GA400', hint = 'username',
                message = 'This user name is reserved: choose another one.',
                detail = 'Este nombre de usuario está reservado: elija otro.';
        end if;
    elsif exists (
        select from garita.users u
        where u.name_key = new.name_key and u.username <> new.username and u.id is distinct from new.id)
    then
        new.name_key := '=' || new.username;
    end if;
    return new;
end
$$;

comment on function garita.keep_name_rules() is
    'Sets the key of a name, and refuses new names that deceive (GA400). Without a request a name that equals another '
    'one gets a key of its own.';

create or replace trigger keep_name_rules before insert or update of username on garita.users
    for each row execute function garita.keep_name_rules();
