-- The rules of the gate (garita.decide) in the words of the page: of several reasons the one that a visitor can do
-- something about, and of those that concern the home or the block list only that the host knows more. Whoever is inside
-- leaves with the pass whatever has become of it, so it is shown for that.
create or replace function garita.pass_state(p_code_id bigint, p_now timestamptz) returns text
language plpgsql stable
as $$
declare
    v_code garita.temporary_codes;
    v_site garita.sites;
    v_guess garita.guess;
    v_pass garita.gate_pass;
    v_is_blocked boolean := false;
    v_today date;
    v_before interval;
    v_after interval;
    v_state text;
begin
    select t.* into v_code from garita.temporary_codes t where t.id = p_code_id;
    select s.* into v_site from garita.sites s where s.id = v_code.site_id;
    v_today := (p_now at time zone v_site.time_zone)::date;
    v_before := make_interval(mins => v_site.grace_before_minutes);
    v_after := make_interval(mins => v_site.grace_after_minutes);
    v_guess.looks_typed := true;
    v_pass := garita.find_pass(
        v_code.site_id, case when v_code.code_type <> 'OTP' then array[v_code.code_tag] else '{}' end,
        case when v_code.code_type = 'OTP' then array[v_code.code_tag] else '{}' end, v_guess, null);
    -- Erased, or its number has been drawn again.
    if v_code.code_sealed is null or v_pass.temporary_code_id is distinct from v_code.id then
        return 'expired';
    end if;
    if v_site.has_blocklist then
        select m.is_blocked into v_is_blocked from garita.match_blocklist(v_site.id, v_pass, p_now) m;
    end if;

    v_state := case
        when v_is_blocked or not v_pass.is_authorized or v_today >= v_pass.move_out_date then 'ask_host'
        when v_pass.is_revoked or v_pass.visit_status = 'DENIED' then 'cancelled'
        when p_now >= v_pass.ends_at + v_after then 'expired'
        when v_pass.uses_left <= 0 then 'used_up'
        when v_pass.visit_status = 'PENDING' then 'pending'
        when p_now < v_pass.starts_at - v_before then 'not_yet'
        when v_pass.schedule_id is not null
            and not garita.schedule_holds(v_pass.schedule_id, p_now, v_site.time_zone, v_before, v_after)
            then 'outside_hours'
        else 'good'
    end;
    return case when v_pass.visit_status = 'CHECKED_IN' and v_state <> 'good' then 'inside' else v_state end;
end
$$;

comment on function garita.pass_state(bigint, timestamptz) is
    'What has become of a pass, for its visitor: good, not_yet, outside_hours, pending, inside (it lets out only), used_up, '
    'expired, cancelled, ask_host.';
