-- With the caller's rights: policies let a resident switch off the own codes, and never on again.
create or replace function api.report_lost(p_code_id bigint) returns bigint
language plpgsql volatile
as $$
begin
    update garita.access_codes c set is_active = false where c.id = p_code_id;
    if not found then
        raise exception using errcode = 'GA404', hint = 'AccessCode',
            message = 'No AccessCode matches the given query.',
            detail = 'Ningún registro de AccessCode coincide con la consulta.';
    end if;
    return garita.set_saved_id(p_code_id);
end
$$;

comment on function api.report_lost(bigint) is
    'Switches a lost permanent code off; repeating it changes nothing. GA404 for another person''s.';
grant execute on function api.report_lost(bigint) to garita_admin, garita_resident;
