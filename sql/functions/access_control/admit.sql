create or replace function garita.admit(p_pass garita.gate_pass, p_direction text, p_now timestamptz)
returns integer
language plpgsql volatile
as $$
declare
    v_uses_left integer := p_pass.uses_left;
begin
    if p_pass.visitor_id is null then
        return null;
    end if;

    if p_direction = 'ENTRY' then
        update garita.temporary_codes t
        set times_used = t.times_used + 1, last_used_at = p_now, is_active = t.times_used + 1 < t.max_uses
        where t.id = p_pass.temporary_code_id
        returning t.max_uses - t.times_used into v_uses_left;
        update garita.visitors v set status = 'CHECKED_IN', check_in_time = p_now, check_out_time = null
        where v.id = p_pass.visitor_id and v.status <> 'CHECKED_IN';
    else
        update garita.visitors v set status = 'CHECKED_OUT', check_out_time = p_now
        where v.id = p_pass.visitor_id and v.status = 'CHECKED_IN';
    end if;
    return v_uses_left;
end
$$;

comment on function garita.admit(garita.gate_pass, text, timestamptz) is
    'What a granted passage changes: an entry spends one use and checks the visitor in, an exit only checks out. '
    'Answers the uses left, null for a permanent code. The caller holds the lock on the code.';
