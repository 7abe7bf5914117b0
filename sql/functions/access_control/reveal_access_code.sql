create or replace function api.reveal_access_code(p_code_id bigint)
returns table (sealed bytea, tag bytea, key_version integer)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
begin
    select c.code_sealed, c.code_tag, c.key_version into sealed, tag, key_version
    from garita.access_codes c
    where c.id = p_code_id and c.site_id = garita.current_site_id() and garita.current_role_name() = 'ADMIN';
    if not found then
        raise exception using errcode = 'GA404', hint = 'AccessCode',
            message = 'No AccessCode matches the given query.',
            detail = 'Ningún registro de AccessCode coincide con la consulta.';
    elsif sealed is null then
        raise exception using errcode = 'GA409', hint = 'code',
            message = 'The code itself is not kept.',
            detail = 'El código mismo no se conserva.';
    end if;
    perform garita.write_audit('REVEAL', 'access_codes', p_code_id, '{}');
    return next;
end
$$;

comment on function api.reveal_access_code(bigint) is
    'The sealed permanent code, for an administrator; each call writes one audit entry in the same transaction. GA404 '
    'for everybody else, GA409 once the sealed copy is erased.';
grant execute on function api.reveal_access_code(bigint) to garita_admin;
