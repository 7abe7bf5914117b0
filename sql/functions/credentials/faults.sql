-- The rules of a pass, once: a decision, the spending of a use, the page of a pass and the choice among several codes ask
-- here, so they cannot disagree. PostgreSQL puts the expression in the place of the call. Windows are half-open; days are
-- the site's.
create or replace function garita.faults(
    p_pass garita.credentials, p_gate garita.gates, p_now timestamptz, p_today date) returns text[]
language sql stable
return array_remove(array[
    case when (p_pass).is_revoked then 'revoked' end,
    case when p_now < (p_pass).starts_at - (p_gate).grace_before then 'not_yet_valid' end,
    case when p_now >= (p_pass).ends_at + (p_gate).grace_after or p_today > (p_pass).last_day then 'expired' end,
    case when (p_pass).schedule_id is not null and not garita.schedule_holds(
            (p_pass).schedule_id, p_now, (p_gate).time_zone, (p_gate).grace_before, (p_gate).grace_after)
        then 'outside_schedule' end,
    case when (p_pass).times_used >= (p_pass).max_uses then 'no_uses_left' end,
    case when (p_gate).point_id > 0 and not ((p_gate).point_id = any ((p_pass).point_ids))
            or (p_gate).building_id <> (p_pass).building_id
        then 'wrong_gate' end,
    case when not (p_pass).is_authorized then 'person_not_authorized' end,
    case when p_today >= (p_pass).move_out_date then 'moved_out' end,
    case when (p_pass).visit_status = 'DENIED' then 'visit_denied' end,
    case when (p_pass).visit_status = 'PENDING' then 'approval_pending' end
], null);

comment on function garita.faults(garita.credentials, garita.gates, timestamptz, date) is
    'What speaks against a code at a gate, in the order of the rules: it refuses an entry, and is a warning at an exit. '
    'Empty for a code that opens. The block list comes on top, and what speaks against the gate itself.';
