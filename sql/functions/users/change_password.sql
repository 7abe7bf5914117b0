create or replace function api.change_password(
    p_user_id bigint, p_token_version integer, p_session_id bigint, p_old_hash text, p_new_hash text,
    p_request_id text, p_address text)
returns table (generation integer, token_version integer, role text, issued_at timestamptz)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
declare
    v_now timestamptz := clock_timestamp();
begin
    perform garita.authenticate(p_user_id, p_token_version, p_session_id);
    perform garita.act_as(p_user_id, p_request_id, p_address), set_config('garita.kept_session', p_session_id::text, true);
    update garita.users u set password_hash = p_new_hash
    where u.id = p_user_id and u.password_hash = p_old_hash
    returning u.token_version, u.role into token_version, role;
    perform set_config('garita.kept_session', '', true);
    if token_version is null then
        raise exception using errcode = 'GA409', hint = 'password_changed',
            message = 'The password was changed in the meantime. Try again.',
            detail = 'La contraseña se cambió mientras tanto. Intente de nuevo.';
    end if;

    update garita.sessions s
    set generation = s.generation + 1, issued_at = v_now, rotated_at = v_now - interval '1 hour',
        expires_at = least(v_now + interval '7 days', s.absolute_end)
    where s.id = p_session_id
    returning s.generation, s.issued_at into generation, issued_at;
    return next;
end
$$;

comment on function api.change_password(bigint, integer, bigint, text, text, text, text) is
    'Sets one''s own password. Every other session and every token ends; this session goes on with the tokens of the '
    'answer. GA409 when the password was changed meanwhile, GA401 for a dead token.';
grant execute on function api.change_password(bigint, integer, bigint, text, text, text, text) to garita_auth;
