-- The one way in which history may change: what it knows of a person becomes blank, and nothing else.
create or replace function garita.is_erasure(p_old jsonb, p_new jsonb) returns boolean
language plpgsql stable
as $$
begin
    if p_old ? 'person_name' then
        return p_new = p_old || '{"person_name": "", "person_document": "", "vehicle_plate": "", "photo": "", "notes": "",
                "temperature": null}'
            and (p_old ->> 'timestamp')::timestamptz < now() - (
                select s.log_name_days * interval '1 day' from garita.sites s where s.id = (p_old ->> 'site_id')::bigint);
    end if;
    return p_old ->> 'table_name' = 'visitors'
        and p_new = p_old || jsonb_build_object('changes', garita.without_person(p_old -> 'changes'))
        and not exists (
            select from garita.visitors v
            where v.id = (p_old ->> 'row_id')::bigint and v.first_name || v.last_name <> '——');
end
$$;

comment on function garita.is_erasure(jsonb, jsonb) is
    'Whether a change of a log row or an audit entry does nothing but erase what the site''s retention lets go: names of '
    'log rows old enough, values of visits that are erased or deleted.';
