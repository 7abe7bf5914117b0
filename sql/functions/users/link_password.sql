create or replace function garita.link_password(p_user_id bigint, p_token_tag bytea) returns timestamptz
language plpgsql volatile
as $$
declare
    v_expires_at timestamptz;
begin
    if exists (select from garita.users u where u.id = p_user_id and not u.is_active) then
        raise exception using errcode = 'GA409', hint = 'account_inactive',
            message = 'The account is inactive: activate it first.',
            detail = 'La cuenta está desactivada: actívela primero.';
    end if;
    delete from garita.password_links l where l.user_id = p_user_id;
    insert into garita.password_links as l (site_id, user_id, token_tag)
    select u.site_id, u.id, p_token_tag from garita.users u where u.id = p_user_id and u.is_active
    returning l.expires_at into v_expires_at;
    if v_expires_at is null then
        raise exception using errcode = 'GA404', hint = 'User',
            message = 'No User matches the given query.',
            detail = 'Ningún registro de User coincide con la consulta.';
    end if;
    return v_expires_at;
end
$$;

comment on function garita.link_password(bigint, bytea) is
    'Creates the one link of an account and returns when it ends. GA404 for no account, GA409 for a disabled one. As '
    'the owner.';
