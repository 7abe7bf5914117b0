create or replace function api.reveal_code(p_code_id bigint)
returns table (sealed bytea, tag bytea, key_version integer, code_type text)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
begin
    if not exists (
        select from garita.temporary_codes t
        where t.id = p_code_id and t.site_id = garita.current_site_id() and garita.current_role_name() = 'ADMIN')
    then
        raise exception using errcode = 'GA404', hint = 'TemporaryCode',
            message = 'No TemporaryCode matches the given query.',
            detail = 'Ningún registro de TemporaryCode coincide con la consulta.';
    end if;
    return query select d.sealed, d.tag, d.key_version, d.code_type from api.code_for_display(p_code_id) d;
    if not found then
        raise exception using errcode = 'GA409', hint = 'code',
            message = 'The code itself is not kept.',
            detail = 'El código mismo no se conserva.';
    end if;
    perform garita.write_audit('REVEAL', 'temporary_codes', p_code_id, '{}');
end
$$;

comment on function api.reveal_code(bigint) is
    'The sealed code of a pass, for an administrator at a page; each call writes one audit entry in the same '
    'transaction. GA404 for everybody else, GA409 once the sealed copy is erased.';
grant execute on function api.reveal_code(bigint) to garita_admin;
