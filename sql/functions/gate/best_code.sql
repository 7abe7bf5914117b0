create or replace function garita.best_code(
    p_visit garita.visitors, p_point_id bigint, p_direction text, p_now timestamptz)
returns garita.credentials
language plpgsql stable
as $$
declare
    v_gate garita.gates := garita.gate_of_site(p_visit.site_id, p_point_id);
    v_code garita.credentials;
begin
    select c.* into v_code
    from garita.temporary_codes t
    join garita.credentials c on c.code_kind = 'temporary' and c.code_id = t.id
    where t.visitor_id = p_visit.id and c.code_tag is not null
    order by case when p_direction = 'ENTRY' then cardinality(garita.faults(
            c, v_gate, p_now, (p_now at time zone v_gate.time_zone)::date)) end,
        t.id desc
    limit 1;
    return v_code;
end
$$;

comment on function garita.best_code(garita.visitors, bigint, text, timestamptz) is
    'Of the codes of a visit the one that opens a gate now, else the one with the fewest reasons against it; for an exit '
    'the newest. Null for none.';
