-- Called after every log-in that failed, whatever the reason, so that all of them take the same time.
create or replace function api.refuse_login(p_user_id bigint, p_request_id text, p_address text) returns void
language sql volatile security definer
set search_path = garita, pg_temp
as $$
    insert into garita.audit (site_id, user_id, actor, request_id, address, table_name, row_id, action, changes)
    select u.site_id, u.id, coalesce(u.username, ''), coalesce(p_request_id, ''), coalesce(p_address, ''), 'users',
        u.id, 'LOGIN_FAILED', '{}'
    from (select) one left join garita.users u on u.id = p_user_id
$$;

comment on function api.refuse_login(bigint, text, text) is
    'Writes down a log-in that failed; null for a name that nobody has, which is not written down.';
grant execute on function api.refuse_login(bigint, text, text) to garita_auth;
