-- A code that opened a gate stays, switched off: it still lets its owner out, and the log still names it. The log has no
-- index by code; it has one by resident, and the audit has the residents the code has belonged to.
create or replace function api.delete_access_code(p_code_id bigint) returns bigint
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_code garita.access_codes;
begin
    select c.* into v_code from garita.access_codes c
    where c.id = p_code_id and c.site_id = garita.current_site_id() and garita.current_role_name() = 'ADMIN'
    for update;
    if v_code.id is null then
        return null;
    elsif exists (
        select from garita.access_logs l
        where l.access_code_id = p_code_id and l.resident_id in (
            select v_code.resident_id
            union all
            select (a.changes -> 'resident_id' ->> 0)::bigint from garita.audit a
            where a.table_name = 'access_codes' and a.row_id = p_code_id and a.changes ? 'resident_id'))
    then
        update garita.access_codes c set is_active = false where c.id = p_code_id;
    else
        delete from garita.access_codes c where c.id = p_code_id;
    end if;
    return p_code_id;
end
$$;

comment on function api.delete_access_code(bigint) is
    'Deletes a permanent code that was never used, switches off one that was; null when the caller may not see it.';
grant execute on function api.delete_access_code(bigint) to garita_admin;
