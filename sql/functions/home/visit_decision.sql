-- As the owner: a resident reads no audit, and of it only who decided about a visit of the own home.
create or replace function api.visit_decision(p_visitor_id bigint)
returns table (status text, name text, role text, at timestamptz)
language plpgsql stable security definer
set search_path = garita, pg_temp
rows 1
as $$
#variable_conflict use_column
begin
    return query
    select a.changes -> 'status' ->> 1, coalesce(r.first_name || ' ' || r.last_name, ''), coalesce(u.role, ''), a.at
    from garita.visitors v
    join garita.audit a on a.table_name = 'visitors' and a.row_id = v.id and a.action = 'UPDATE'
        and a.changes -> 'status' ->> 1 in ('APPROVED', 'DENIED')
    left join garita.users u on u.id = a.user_id
    left join garita.residents r on r.user_id = a.user_id and r.unit_id = v.unit_id
    where v.id = p_visitor_id and v.site_id = garita.current_site_id() and v.unit_id = any (garita.current_unit_ids())
    order by a.id desc
    limit 1;
end
$$;

comment on function api.visit_decision(bigint) is
    'What was decided last about a visit of the caller''s own home, when, and by whom: the name of somebody of the household, '
    'of others only the role. No row where nobody decided.';
grant execute on function api.visit_decision(bigint) to garita_resident;
