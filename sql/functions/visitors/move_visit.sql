-- Which steps of a visit people may take by hand, and on whose approval it rests afterwards; the gate, which acts as the
-- owner, takes the other steps. A visit of another home, host, person or day needs a new approval.
create or replace function garita.move_visit() returns trigger
language plpgsql
as $$
declare
    v_is_step boolean := new.status <> old.status;
    v_is_home_new boolean := new.unit_id <> old.unit_id;
    v_is_host_new boolean := new.resident_id is distinct from old.resident_id;
    -- Whom somebody approved, and for which day. How many come along a guard counts at the gate.
    v_is_guest_new boolean := (new.first_name, new.last_name, new.expected_date)
            is distinct from (old.first_name, old.last_name, old.expected_date)
        or current_user = 'garita_resident' and new.companions > old.companions;
    v_may_approve boolean := true;
begin
    if current_user = 'garita_guard' and old.status = 'PENDING' and new.status = 'APPROVED' and new.resident_id is null
    then
        raise exception using errcode = 'GA400', hint = 'resident',
            message = 'A guard needs a resident''s approval: choose the resident.',
            detail = 'Un guardia autoriza por indicación de un residente: elija el residente.';
    elsif current_user <> 'garita_admin' and v_is_step
        and not (old.status = 'PENDING' and new.status in ('APPROVED', 'DENIED'))
        and not (current_user = 'garita_resident' and old.status = 'APPROVED' and new.status = 'DENIED')
    then
        raise exception using errcode = 'GA409', hint = 'status',
            message = 'A visit cannot take this step by hand.',
            detail = 'Una visita no puede dar este paso a mano.';
    end if;

    -- The sponsor stays known when the host is removed.
    if v_is_host_new and new.resident_id is null then
        new.sponsor_id := coalesce(old.sponsor_id, old.resident_id);
    end if;
    if not (v_is_step or v_is_home_new or v_is_host_new or v_is_guest_new)
        or not (new.status = 'APPROVED' or v_is_home_new and new.status in ('CHECKED_IN', 'CHECKED_OUT'))
    then
        return new;
    end if;

    if v_is_host_new and new.resident_id is not null then
        perform garita.require_host(new.resident_id, new.unit_id);
    elsif current_user = 'garita_admin' and v_is_home_new and not garita.can_host(new.resident_id, new.unit_id) then
        new.resident_id := null;
    end if;
    if current_user = 'garita_admin' and not v_is_home_new and not v_is_step then
        -- Who only names another host approves nothing anew.
        return new;
    elsif current_user <> 'garita_admin' and not v_is_step then
        v_may_approve := garita.can_host(
            case current_user when 'garita_guard' then new.resident_id
                else garita.resident_of(garita.current_user_id()) end,
            new.unit_id);
    end if;
    if v_may_approve then
        select w.host_id, w.sponsor_id into new.resident_id, new.sponsor_id
        from garita.give_word(new.unit_id, new.resident_id) w;
        if v_is_step or v_is_home_new then
            new.authorized_by := garita.current_user_id();
        end if;
    elsif new.status = 'APPROVED' then
        new.status := 'PENDING';
        new.authorized_by := null;
    else
        raise exception using errcode = 'GA409', hint = 'status',
            message = 'The visit has already started: its unit cannot be changed.',
            detail = 'La visita ya comenzó: su unidad no se puede cambiar.';
    end if;
    return new;
end
$$;

comment on function garita.move_visit() is
    'A resident approves, refuses and cancels visits; a guard approves by a resident''s word or refuses; GA409 otherwise. '
    'Approved for another home, person or day, or without its host, a visit stays so only where whoever changes it may '
    'approve that; else it is PENDING again. Sponsor and whoever approved are filled in.';

create or replace trigger move_visit before update on garita.visitors for each row
    when (current_user in ('garita_admin', 'garita_guard', 'garita_resident')
        and (old.status, old.unit_id, old.resident_id, old.first_name, old.last_name, old.expected_date, old.companions)
            is distinct from (
                new.status, new.unit_id, new.resident_id, new.first_name, new.last_name, new.expected_date,
                new.companions))
    execute function garita.move_visit();
