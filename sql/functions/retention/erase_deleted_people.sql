-- Of an account also its name and address where it acted: the id stays.
create or replace function garita.erase_deleted_people(p_rows integer) returns integer
language plpgsql volatile
as $$
declare
    v_gone record;
    v_rows integer := 0;
begin
    for v_gone in
        select a.site_id, a.table_name, a.row_id
        from garita.sites s
        join garita.audit a on a.site_id = s.id
        where a.table_name in ('residents', 'users') and a.action = 'DELETE'
            and a.changes -> 'first_name' <> '["***", "***"]'::jsonb
            and a.at < now() - s.resident_days * interval '1 day'
        limit p_rows
    loop
        update garita.audit a set changes = garita.without_person(a.changes)
        where a.table_name = v_gone.table_name and a.row_id = v_gone.row_id
            and a.changes <> garita.without_person(a.changes);
        if v_gone.table_name = 'users' then
            update garita.audit a set actor = '—', address = ''
            where a.site_id = v_gone.site_id and a.user_id = v_gone.row_id and a.actor <> '—';
        end if;
        v_rows := v_rows + 1;
    end loop;
    return v_rows;
end
$$;

comment on function garita.erase_deleted_people(integer) is
    'Erases the personal data in the audit of residents and accounts that were deleted longer ago than their site '
    'keeps it; at most so many, and returns how many. Run daily.';
