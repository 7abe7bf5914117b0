-- As the owner: a resident reads no audit, and of it only who decided about a visit of the own home. A visitor who has been
-- here before ends the pass alone.
create or replace function api.visit_decision(p_visitor_id bigint)
returns table (decision text, name text, role text, at timestamptz)
language plpgsql stable security definer
set search_path = garita, pg_temp
rows 1
as $$
#variable_conflict use_column
begin
    return query
    select case
            when a.user_id is null and a.actor = 'visitor' then 'NOT_COMING'
            when a.changes -> 'status' ->> 1 = 'APPROVED' then 'APPROVED'
            when a.changes -> 'status' ->> 0 = 'APPROVED' then 'CANCELED'
            else 'REFUSED' end,
        coalesce(r.first_name || ' ' || r.last_name, ''), coalesce(u.role, ''), a.at
    from garita.visitors v
    cross join lateral (
        select a.* from garita.audit a
        where a.table_name = 'visitors' and a.row_id = v.id and a.action = 'UPDATE'
            and a.changes -> 'status' ->> 1 in ('APPROVED', 'DENIED')
        union all
        select a.* from garita.temporary_codes t
        join garita.audit a on a.table_name = 'temporary_codes' and a.row_id = t.id
        where t.visitor_id = v.id and a.user_id is null and a.actor = 'visitor' and a.changes ? 'revoked_at') a
    left join garita.users u on u.id = a.user_id
    left join garita.residents r on r.user_id = a.user_id and r.unit_id = v.unit_id
    where v.id = p_visitor_id and v.site_id = garita.current_site_id() and v.unit_id = any (garita.current_unit_ids())
    order by a.id desc
    limit 1;
end
$$;

comment on function api.visit_decision(bigint) is
    'What was decided last about a visit of the caller''s own home (APPROVED, REFUSED, CANCELED, NOT_COMING: by its visitor), '
    'when, and by whom: the name of somebody of the household, of others only the role. No row where nobody decided.';
grant execute on function api.visit_decision(bigint) to garita_resident;
