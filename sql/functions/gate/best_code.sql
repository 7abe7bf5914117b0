create or replace function garita.best_code(p_visitor_id bigint, p_point_id bigint, p_is_entry boolean, p_now timestamptz)
returns garita.temporary_codes
language plpgsql stable
as $$
declare
    v_code garita.temporary_codes;
begin
    select t.* into v_code
    from garita.temporary_codes t
    join garita.sites s on s.id = t.site_id
    where t.visitor_id = p_visitor_id and not t.is_retired
    order by case when p_is_entry then
            (t.revoked_at is not null)::integer + (t.times_used >= t.max_uses)::integer
            + (p_now < t.valid_from - s.grace_before_minutes * interval '1 minute')::integer
            + (p_now >= t.valid_until + s.grace_after_minutes * interval '1 minute')::integer
            + (t.schedule_id is not null and not garita.schedule_holds(
                t.schedule_id, p_now, s.time_zone, s.grace_before_minutes * interval '1 minute',
                s.grace_after_minutes * interval '1 minute'))::integer
            + (exists (select from garita.temporary_code_points l where l.temporary_code_id = t.id)
                and not exists (
                    select from garita.temporary_code_points l
                    where l.temporary_code_id = t.id and l.access_point_id = p_point_id))::integer
        end, t.id desc
    limit 1;
    return v_code;
end
$$;

comment on function garita.best_code(bigint, bigint, boolean, timestamptz) is
    'Of the codes of a visit the one that opens a gate now, else the one with the fewest reasons against it; for an exit '
    'the newest. Null for none.';
