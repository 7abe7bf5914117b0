-- Called after the answer is decided and outside of its transaction, which has ended without effect. One entry a minute
-- for each account and route is enough to see it, and no flood can fill the table.
create or replace function api.record_refusal(
    p_user_id bigint, p_method text, p_route text, p_request_id text, p_address text)
returns void
language sql volatile security definer
set search_path = garita, pg_temp
as $$
    insert into garita.audit (site_id, user_id, actor, request_id, address, table_name, row_id, action, changes)
    select u.site_id, u.id, u.username, p_request_id, p_address, 'requests', u.id, 'REFUSED',
        jsonb_build_object('method', jsonb_build_array(null, p_method), 'route', jsonb_build_array(null, p_route))
    from garita.users u
    where u.id = p_user_id and not exists (
        select from garita.audit a
        where a.table_name = 'requests' and a.row_id = u.id and a.at > clock_timestamp() - interval '1 minute'
            and a.changes -> 'route' ->> 1 = p_route and a.changes -> 'method' ->> 1 = p_method)
$$;

comment on function api.record_refusal(bigint, text, text, text, text) is
    'Writes an audit entry that an account requested what it may not do; at most once a minute for each route.';
grant execute on function api.record_refusal(bigint, text, text, text, text) to garita_app, garita_auth, garita_gate;
