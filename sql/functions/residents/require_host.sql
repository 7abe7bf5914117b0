create or replace function garita.require_host(p_resident_id bigint, p_unit_id bigint) returns void
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
begin
    if garita.can_host(p_resident_id, p_unit_id) then
        return;
    elsif exists (
        select from garita.residents r
        where r.id = p_resident_id and r.unit_id = p_unit_id and garita.resides(r.move_out_date))
    then
        raise exception using errcode = 'GA400', hint = 'resident',
            message = 'This resident is not authorized to receive visitors.',
            detail = 'Este residente no está autorizado para recibir visitas.';
    end if;
    raise exception using errcode = 'GA400', hint = 'resident',
        message = 'No resident with that number lives in the unit visited.',
        detail = 'Ningún residente con ese número vive en la unidad visitada.';
end
$$;

comment on function garita.require_host(bigint, bigint) is
    'Refuses a resident on whom a visit to this home cannot rest (GA400): of another home, moved out, not authorised.';
grant execute on function garita.require_host(bigint, bigint) to garita_admin, garita_guard, garita_resident;
