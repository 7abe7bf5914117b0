create or replace function garita.require_head_of_household() returns garita.residents
language plpgsql stable
as $$
declare
    v_resident garita.residents;
begin
    select r.* into v_resident from garita.residents r
    where r.id = garita.resident_of(garita.current_user_id()) and r.unit_id = any (garita.current_unit_ids())
        and r.resident_type in ('OWNER', 'TENANT') and garita.can_host(r.id, r.unit_id);
    if not found then
        raise exception using errcode = 'GA409', hint = 'not_head_of_household',
            message = 'Only an owner or tenant with authorized access changes who lives in the home.',
            detail = 'Solo un propietario o inquilino con acceso autorizado cambia quién vive en la casa.';
    end if;
    return v_resident;
end
$$;

comment on function garita.require_head_of_household() is
    'The caller, who may change who lives in the own home: an owner or tenant who is authorised; GA409 for everybody else.';
