-- On request, not by age: also names in the log and in answers stored for a retry. The rows stay, and every count.
create or replace function garita.erase_visitor(p_id bigint) returns integer
language plpgsql volatile
as $$
declare
    v_site_id bigint;
    v_rows integer;
begin
    select coalesce(
        (select v.site_id from garita.visitors v where v.id = p_id),
        (select a.site_id from garita.audit a
            where a.table_name = 'visitors' and a.row_id = p_id and a.action = 'DELETE' limit 1)) into v_site_id;
    if v_site_id is null then
        raise exception using errcode = 'GA404', hint = 'Visitor',
            message = 'No Visitor matches the given query.',
            detail = 'Ningún registro de Visitor coincide con la consulta.';
    end if;
    update garita.temporary_codes t set is_active = false, revoked_at = coalesce(t.revoked_at, clock_timestamp())
    where t.visitor_id = p_id and t.is_active and not garita.is_used_up(t.id);
    perform garita.erase_visits(array[p_id]);
    update garita.access_logs l
    set person_name = '', person_document = '', vehicle_plate = '', photo = '', notes = '', temperature = null
    where l.visitor_id = p_id
        and (l.person_name || l.person_document || l.vehicle_plate || l.photo || l.notes <> '' or l.temperature is not null);
    get diagnostics v_rows = row_count;
    update garita.admissions a set answer.person_name = null where (a.answer).visitor_id = p_id;
    -- They are sealed, so it cannot be told whom they name; they are stored for two days at most.
    delete from garita.answers a where a.site_id = v_site_id;
    return v_rows;
end
$$;

comment on function garita.erase_visitor(bigint) is
    'Erases one visit at once, also a deleted one: the row, its passes, the audit, the names in the log, the answers '
    'stored for a retry; returns how many rows of the log lost a name. GA404 where there was none. For the operator''s '
    'command.';
