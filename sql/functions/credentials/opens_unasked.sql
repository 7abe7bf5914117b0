-- A device that decides by its own list knows days, no hours and no block list; so whoever needs them looked at is not on it.
create or replace function garita.opens_unasked(
    p_pass garita.credentials, p_gate garita.gates, p_direction text, p_now timestamptz) returns boolean
language sql stable
return (p_gate).is_active and (p_gate).readers & (p_pass).reader <> 0
    and case when p_direction = 'EXIT' then
            'EXIT' = any ((p_gate).directions)
            -- Whoever got in some other way must get out.
            and garita.faults(p_pass, p_gate, p_now, (p_now at time zone (p_gate).time_zone)::date)
                <@ array['outside_schedule', 'wrong_gate']
        else
            'ENTRY' = any ((p_gate).directions) and (p_pass).schedule_id is null
            and garita.faults(p_pass, p_gate, p_now, (p_now at time zone (p_gate).time_zone)::date) = '{}'
            and not ((p_gate).has_blocklist
                and (select m.is_blocked from garita.match_blocklist((p_gate).site_id, p_pass, p_now) m))
        end;

comment on function garita.opens_unasked(garita.credentials, garita.gates, text, timestamptz) is
    'Whether a device may let a permanent code pass today without asking: at a door for ENTRY or BOTH what an entry needs, at '
    'one for EXIT what nobody is kept in for. p_direction is that of the door.';
