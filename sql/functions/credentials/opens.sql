-- Most decisions are a yes of the usual kind, and this says it in the statement that reads the rows: to work out every reason
-- for a person who will be let in costs PostgreSQL more than all the rest. It may miss what garita.faults allows (a schedule,
-- a block list), never the other way round: sql/tests/credentials compares both.
create or replace function garita.opens(
    p_pass garita.credentials, p_gate garita.gates, p_direction text, p_now timestamptz) returns boolean
language sql stable
return (p_pass).is_plain and (p_gate).is_plain
    and p_direction = any ((p_gate).directions)
    and (p_gate).readers & (p_pass).reader <> 0
    and p_now >= (p_pass).starts_at - (p_gate).grace_before
    and p_now < (p_pass).ends_at + (p_gate).grace_after
    and (p_pass).times_used < (p_pass).max_uses is not false
    and (p_gate).building_id = (p_pass).building_id is not false
    and (p_gate).point_id = any ((p_pass).point_ids) is not false;

comment on function garita.opens(garita.credentials, garita.gates, text, timestamptz) is
    'True for a code that nothing speaks against at a gate: no reason, no warning. Otherwise false, or null for no code: then '
    'the reasons have to be asked for.';
