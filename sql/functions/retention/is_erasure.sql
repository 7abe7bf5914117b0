-- The only change of history that is allowed: personal data becomes blank, and nothing else changes.
create or replace function garita.is_erasure(p_old jsonb, p_new jsonb) returns boolean
language plpgsql stable
as $$
begin
    if p_old ? 'person_name' then
        return p_new = p_old || '{"person_name": "", "person_document": "", "vehicle_plate": "", "photo": "", "notes": "",
                "temperature": null}'
            and ((p_old ->> 'timestamp')::timestamptz < now() - (
                    select s.log_name_days * interval '1 day' from garita.sites s where s.id = (p_old ->> 'site_id')::bigint)
                or p_old ->> 'visitor_id' is not null and not exists (
                    select from garita.visitors v
                    where v.id = (p_old ->> 'visitor_id')::bigint and v.first_name || v.last_name <> '——'));
    end if;
    if p_new ->> 'actor' <> p_old ->> 'actor' then
        return p_new = p_old || '{"actor": "—", "address": ""}'
            and not exists (select from garita.users u where u.id = (p_old ->> 'user_id')::bigint);
    elsif p_old ->> 'table_name' in ('residents', 'users') then
        return p_new = p_old || jsonb_build_object('changes', garita.without_person(p_old -> 'changes'))
            and not exists (select from garita.residents r
                where p_old ->> 'table_name' = 'residents' and r.id = (p_old ->> 'row_id')::bigint)
            and not exists (select from garita.users u
                where p_old ->> 'table_name' = 'users' and u.id = (p_old ->> 'row_id')::bigint);
    end if;
    return p_old ->> 'table_name' = 'visitors'
        and p_new = p_old || jsonb_build_object('changes', garita.without_person(p_old -> 'changes'))
        and not exists (
            select from garita.visitors v
            where v.id = (p_old ->> 'row_id')::bigint and v.first_name || v.last_name <> '——');
end
$$;

comment on function garita.is_erasure(jsonb, jsonb) is
    'Whether a change of a log row or an audit entry does nothing but erase what retention of the site allows: names '
    'in log rows that are old enough or of visits that are erased or deleted, values of visits that are erased or '
    'deleted, and of deleted residents and accounts.';
