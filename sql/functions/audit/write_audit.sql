create or replace function garita.write_audit(p_action text, p_table_name text, p_row_id bigint, p_changes jsonb) returns void
language sql volatile security definer
set search_path = garita, pg_temp
as $$
    insert into garita.audit (site_id, user_id, actor, request_id, address, table_name, row_id, action, changes)
    select coalesce(garita.current_site_id(), u.site_id), u.id,
        coalesce(u.username, current_setting('garita.actor', true), ''),
        coalesce(current_setting('garita.request_id', true), ''), coalesce(current_setting('garita.address', true), ''),
        p_table_name, p_row_id, p_action, p_changes
    from (select) one left join garita.users u on u.id = garita.current_user_id()
$$;

comment on function garita.write_audit(text, text, bigint, jsonb) is
    'Writes an audit entry for what the current request does and no trigger sees: exports, refusals, access to '
    'secrets.';
