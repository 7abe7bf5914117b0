-- In plpgsql, which keeps its plan: a function in SQL that cannot be inlined is planned anew at every call.
create or replace function api.code_for_display(p_code_id bigint)
returns table (sealed bytea, tag bytea, key_version integer, code_type text)
language plpgsql stable security definer
set search_path = garita, pg_temp
rows 1
as $$
begin
    return query
    select t.code_sealed, t.code_tag, t.key_version, t.code_type
    from garita.temporary_codes t
    join garita.visitors v on v.id = t.visitor_id
    where t.id = p_code_id and t.site_id = garita.current_site_id() and t.code_sealed is not null
        and (garita.current_role_name() = 'ADMIN'
            or garita.current_role_name() = 'RESIDENT' and v.unit_id = any (garita.current_unit_ids())
            -- A guard may show the code just issued, not read it later.
            or t.generated_by = garita.current_user_id() and t.created_at > clock_timestamp() - interval '10 minutes');
end
$$;

comment on function api.code_for_display(bigint) is
    'The sealed code, for those who may see it: administrators, residents of the visited unit, and for 10 minutes '
    'whoever issued it. No row for everybody else, or once the sealed copy is erased.';
grant execute on function api.code_for_display(bigint) to garita_admin, garita_guard, garita_resident;
