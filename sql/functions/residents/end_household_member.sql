-- As the owner: residents may write no residents. The trigger ends every code of who moves out.
create or replace function api.end_household_member(p_resident_id bigint) returns bigint
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_host garita.residents := garita.require_head_of_household();
    v_member garita.residents;
begin
    select r.* into v_member from garita.residents r
    where r.id = p_resident_id and r.unit_id = v_host.unit_id and garita.resides(r.move_out_date)
    for no key update;
    if v_member.id is null then
        raise exception using errcode = 'GA404', hint = 'Resident',
            message = 'No Resident matches the given query.',
            detail = 'Ningún registro de Resident coincide con la consulta.';
    elsif v_member.id = v_host.id or v_member.resident_type <> 'FAMILY' then
        raise exception using errcode = 'GA409', hint = 'not_family',
            message = 'Owners and tenants move out with the administration alone.',
            detail = 'La salida de propietarios e inquilinos la registra solo la administración.';
    end if;
    update garita.residents r
    set move_out_date = current_date, move_in_date = least(r.move_in_date, current_date)
    where r.id = p_resident_id;
    return garita.set_saved_id(p_resident_id);
end
$$;

comment on function api.end_household_member(bigint) is
    'Somebody of the family no longer lives in the caller''s own home, from today on; every code of that person ends. GA404 for '
    'who does not live there, GA409 for an owner, a tenant, the caller, and unless the caller is an owner or tenant who is '
    'authorised.';
grant execute on function api.end_household_member(bigint) to garita_resident;
