create or replace function api.revoke_code(p_code_id bigint) returns bigint
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    update garita.temporary_codes t
    set is_active = false, revoked_at = coalesce(t.revoked_at, clock_timestamp())
    from garita.visitors v
    where t.id = p_code_id and t.site_id = garita.current_site_id() and v.id = t.visitor_id
        and (garita.current_role_name() = 'ADMIN'
            or garita.current_role_name() = 'RESIDENT' and v.unit_id = any (garita.current_unit_ids()));
    if not found then
        raise exception using errcode = 'GA404', hint = 'TemporaryCode',
            message = 'No TemporaryCode matches the given query.',
            detail = 'Ningún registro de TemporaryCode coincide con la consulta.';
    end if;
    return garita.set_saved_id(p_code_id);
end
$$;

comment on function api.revoke_code(bigint) is
    'Switches a visitor''s code off for good; repeating it changes nothing. For administrators and residents of the '
    'unit visited; GA404 for everybody else.';
grant execute on function api.revoke_code(bigint) to garita_admin, garita_resident;
