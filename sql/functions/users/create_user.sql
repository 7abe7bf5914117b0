-- For commands that run as the owner (first administrator, demo). The API writes through the admin's own rights.
create or replace function garita.create_user(
    p_username text, p_password_hash text, p_role text, p_first_name text default '', p_last_name text default '',
    p_email text default '', p_phone text default '', p_site_id bigint default null,
    p_is_superuser boolean default false)
returns bigint
language plpgsql volatile
as $$
declare
    v_user_id bigint;
begin
    perform garita.require_good_name(p_username);
    if exists (select from garita.users u where u.name_key = garita.name_key(p_username)) then
        raise exception using errcode = 'GA409', hint = 'username',
            message = 'A user with that username already exists.',
            detail = 'Ya existe un usuario con ese nombre.';
    end if;
    insert into garita.users (site_id, username, password_hash, role, first_name, last_name, email, phone, is_superuser)
    values (
        case when not p_is_superuser then
            coalesce(p_site_id, garita.current_site_id(), (select min(s.id) from garita.sites s where s.is_active))
        end,
        p_username, p_password_hash, p_role, p_first_name, p_last_name, p_email, p_phone, p_is_superuser)
    returning id into v_user_id;
    return v_user_id;
end
$$;

comment on function garita.create_user(text, text, text, text, text, text, text, bigint, boolean) is
    'Creates an account of the given site, else of the first one; a superuser belongs to none. GA400 for a name that '
    'deceives, GA409 for one that equals another.';
