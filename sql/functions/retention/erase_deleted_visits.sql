create or replace function garita.erase_deleted_visits(p_rows integer) returns integer
language plpgsql volatile
as $$
declare
    v_ids bigint[] := array(
        select a.row_id
        from garita.sites s
        join garita.audit a on a.site_id = s.id
        where a.table_name = 'visitors' and a.action = 'DELETE' and a.changes -> 'first_name' <> '["***", "***"]'::jsonb
            and a.at < now() - s.visitor_days * interval '1 day'
        limit p_rows);
begin
    update garita.audit a set changes = garita.without_person(a.changes)
    where a.table_name = 'visitors' and a.row_id = any (v_ids) and a.changes <> garita.without_person(a.changes);
    return cardinality(v_ids);
end
$$;

comment on function garita.erase_deleted_visits(integer) is
    'Erases the personal data in the audit of visits that were deleted longer ago than their site keeps visits; at '
    'most so many, and returns how many. Run daily.';
