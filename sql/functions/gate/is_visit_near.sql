create or replace function garita.is_visit_near(p_visit garita.visitors) returns boolean
language sql stable
return p_visit.status = 'CHECKED_IN' or p_visit.expected_date between current_date and current_date + 7
    or exists (
        select from garita.temporary_codes t
        where t.visitor_id = p_visit.id and t.is_active and t.valid_until > now() and not garita.is_used_up(t.id));

comment on function garita.is_visit_near(garita.visitors) is
    'Whether a gate may have to do with a visit: inside, expected today or within a week, or with a pass that still opens.';
