-- The rules of the gate (garita.faults) in the words of the page: of several reasons the one that a visitor can do
-- something about, and of those that concern the home or the block list only that the host knows more. Whoever is inside
-- leaves with the pass whatever has become of it, so it is shown for that.
create or replace function garita.pass_state(p_code_id bigint, p_now timestamptz) returns text
language plpgsql stable
as $$
declare
    v_gate garita.gates;
    v_pass garita.credentials;
    v_is_blocked boolean := false;
    v_faults text[];
    v_state text;
begin
    select c.* into v_pass
    from garita.credentials c
    join garita.temporary_codes t on t.id = c.code_id and t.code_sealed is not null
    where c.code_kind = 'temporary' and c.code_id = p_code_id;
    -- Erased, or its number has been drawn again.
    if v_pass.code_tag is null then
        return 'expired';
    end if;
    v_gate := garita.gate_of_site(v_pass.site_id, null);
    if v_gate.has_blocklist then
        select m.is_blocked into v_is_blocked from garita.match_blocklist(v_pass.site_id, v_pass, p_now) m;
    end if;

    v_faults := garita.faults(v_pass, v_gate, p_now, (p_now at time zone v_gate.time_zone)::date);
    v_state := case
        when v_is_blocked or v_faults && '{person_not_authorized,moved_out}' then 'ask_host'
        when v_faults && '{revoked,visit_denied}' then 'cancelled'
        when v_faults && '{expired}' then 'expired'
        when v_faults && '{no_uses_left}' then 'used_up'
        when v_faults && '{approval_pending}' then 'pending'
        when v_faults && '{not_yet_valid}' then 'not_yet'
        when v_faults && '{outside_schedule}' then 'outside_hours'
        else 'good'
    end;
    return case when v_pass.visit_status = 'CHECKED_IN' and v_state <> 'good' then 'inside' else v_state end;
end
$$;

comment on function garita.pass_state(bigint, timestamptz) is
    'What has become of a pass, for its visitor: good, not_yet, outside_hours, pending, inside (it lets out only), used_up, '
    'expired, cancelled, ask_host.';
