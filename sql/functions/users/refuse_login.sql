-- Called after every log-in that failed, whatever the reason, so that all of them take the same time. Names that nobody has
-- are without number: one entry a minute for all of them is enough to see that somebody tries.
create or replace function api.refuse_login(p_user_id bigint, p_request_id text, p_address text) returns void
language sql volatile security definer
set search_path = garita, pg_temp
as $$
    insert into garita.audit (site_id, user_id, actor, request_id, address, table_name, row_id, action, changes)
    select u.site_id, u.id, coalesce(u.username, ''), coalesce(p_request_id, ''), coalesce(p_address, ''), 'users',
        u.id, 'LOGIN_FAILED', '{}'
    from (select) one left join garita.users u on u.id = p_user_id
    where p_user_id is not null or not exists (
        select from garita.audit a
        where a.site_id is null and a.at > clock_timestamp() - interval '1 minute'
            and a.user_id is null and a.action = 'LOGIN_FAILED')
$$;

comment on function api.refuse_login(bigint, text, text) is
    'Writes an audit entry of a log-in that failed; null for a name without an account, which is not stored and of '
    'which there is at most one entry a minute.';
grant execute on function api.refuse_login(bigint, text, text) to garita_auth;
