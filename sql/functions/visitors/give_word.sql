-- The one place that decides on whose approval a visit rests, however it comes: by registration, change, decision or pass.
create or replace function garita.give_word(
    p_unit_id bigint, p_host_id bigint, out host_id bigint, out sponsor_id bigint)
language plpgsql stable
as $$
declare
    v_role text := garita.current_role_name();
    v_own bigint;
begin
    host_id := p_host_id;
    if v_role = 'RESIDENT' then
        v_own := garita.resident_of(garita.current_user_id());
        if not garita.can_host(v_own, p_unit_id) then
            raise exception using errcode = 'GA403', hint = 'not_authorized',
                message = 'You do not have permission to perform this action.',
                detail = 'No tiene permiso para realizar esta acción.';
        elsif p_host_id is not null and not garita.can_host(p_host_id, p_unit_id) then
            host_id := v_own;
        end if;
        sponsor_id := v_own;
    elsif p_host_id is not null then
        perform garita.require_host(p_host_id, p_unit_id);
        sponsor_id := case when v_role = 'GUARD' then p_host_id end;
    end if;
end
$$;

comment on function garita.give_word(bigint, bigint) is
    'Host and sponsor of a visit that the caller approves. A resident gives the own word, and receives the visitor where '
    'the host cannot; a guard takes the host''s; an administrator decides alone, but names no host who cannot be one. '
    'GA403 for a resident who may not approve, GA400 for such a host.';
grant execute on function garita.give_word(bigint, bigint) to garita_admin, garita_guard, garita_resident;
