create or replace function api.reset_password(
    p_token_tags bytea[], p_password_hash text, p_request_id text, p_address text)
returns boolean
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_user_id bigint;
begin
    delete from garita.password_links l using garita.users u
    where l.token_tag = any (p_token_tags) and l.expires_at > clock_timestamp() and u.id = l.user_id and u.is_active
    returning u.id into v_user_id;
    if v_user_id is null then
        return false;
    end if;
    perform garita.act_as(v_user_id, p_request_id, p_address);
    update garita.users u set password_hash = p_password_hash where u.id = v_user_id;
    return true;
end
$$;

comment on function api.reset_password(bytea[], text, text, text) is
    'Sets a password by a link, once; false when the link is unknown, used or too old.';
grant execute on function api.reset_password(bytea[], text, text, text) to garita_auth;
