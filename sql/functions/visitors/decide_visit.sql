-- With the caller's rights: policies restrict the visits, garita.move_visit the steps that the caller may take and who must
-- approve. Here it is checked which step a visit can take at all, each refusal with its own sentence.
create or replace function api.decide_visit(p_visitor_id bigint, p_step text, p_resident_id bigint default null)
returns bigint
language plpgsql volatile
as $$
declare
    v_visit record;
begin
    select v.status, v.unit_id into v_visit from garita.visitors v where v.id = p_visitor_id for no key update;
    if not found then
        raise exception using errcode = 'GA404', hint = 'Visitor',
            message = 'No Visitor matches the given query.',
            detail = 'Ningún registro de Visitor coincide con la consulta.';
    elsif v_visit.status = 'DENIED' then
        raise exception using errcode = 'GA409', hint = 'visit_denied',
            message = 'The visit was refused.',
            detail = 'La visita fue rechazada.';
    elsif p_step = 'cancel' and v_visit.status not in ('PENDING', 'APPROVED') then
        raise exception using errcode = 'GA409', hint = 'status',
            message = 'The visit has already started: it cannot be canceled.',
            detail = 'La visita ya comenzó: no se puede cancelar.';
    elsif p_step <> 'cancel' and v_visit.status <> 'PENDING' then
        raise exception using errcode = 'GA409', hint = 'status',
            message = 'The visit is not awaiting approval.',
            detail = 'La visita no está por autorizar.';
    elsif p_resident_id is not null then
        perform garita.require_host(p_resident_id, v_visit.unit_id);
    end if;

    update garita.visitors v
    set status = case p_step when 'approve' then 'APPROVED' else 'DENIED' end,
        resident_id = coalesce(p_resident_id, v.resident_id)
    where v.id = p_visitor_id;
    return garita.set_saved_id(p_visitor_id);
end
$$;

comment on function api.decide_visit(bigint, text, bigint) is
    'Takes a visit through the step approve, deny (both while it waits) or cancel (before it begins). p_resident_id: '
    'who approves. GA404 for a visit the caller may not see, GA409 for a step it cannot take, GA403 for a resident who '
    'may not approve, GA400 for a resident who cannot approve this visit.';
grant execute on function api.decide_visit(bigint, text, bigint) to garita_admin, garita_guard, garita_resident;
