-- The lines of the rules that refuse an entry but never an exit, in the order of the rules: nobody is trapped.
-- Windows are half-open; days are days of the site.
create or replace function garita.pass_reasons(
    p_pass garita.gate_pass, p_point garita.access_points, p_now timestamptz, p_today date)
returns text[]
language sql immutable
as $$
    select array_remove(array[
        case when p_pass.is_revoked then 'revoked' end,
        case when p_now < p_pass.starts_at then 'not_yet_valid' end,
        case when p_now >= p_pass.ends_at or p_today > p_pass.last_day then 'expired' end,
        case when p_pass.uses_left <= 0 then 'no_uses_left' end,
        case when not p_pass.opens_this_point or p_point.building_id <> p_pass.building_id then 'wrong_gate' end,
        case when not p_pass.is_authorized then 'person_not_authorized' end,
        case when p_today >= p_pass.move_out_date then 'moved_out' end,
        case when p_pass.visit_status = 'DENIED' then 'visit_denied' end,
        case when p_pass.visit_status = 'PENDING' then 'approval_pending' end
    ], null)
$$;

comment on function garita.pass_reasons(garita.gate_pass, garita.access_points, timestamptz, date) is
    'Why this code, or its person, may not come in now.';
