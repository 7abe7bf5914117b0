-- Permanent codes first, then temporary ones. Index probes only.
create or replace function garita.find_pass(p_site_id bigint, p_code_tags bytea[], p_access_point_id bigint)
returns garita.gate_pass
language plpgsql volatile
as $$
declare
    v_pass garita.gate_pass;
begin
    -- Not locked: a permanent code spends nothing, and a revocation committed before now is seen anyway.
    select c.code_type, c.id, c.code_hint, not c.is_active, c.expiry_date,
        case when p_access_point_id is not null then (
            select bool_or(cp.access_point_id = p_access_point_id)
            from garita.access_code_points cp where cp.access_code_id = c.id) end,
        un.building_id, un.id, b.code || '-' || un.number, r.id, r.first_name || ' ' || r.last_name, r.document_id,
        r.is_authorized, r.move_out_date
    into v_pass.code_kind, v_pass.access_code_id, v_pass.code_hint, v_pass.is_revoked, v_pass.last_day,
        v_pass.opens_this_point,
        v_pass.building_id, v_pass.unit_id, v_pass.unit_display, v_pass.resident_id, v_pass.person_name,
        v_pass.person_document, v_pass.is_authorized, v_pass.move_out_date
    from (
        select * from garita.access_codes
        where site_id = p_site_id and code_tag = any (p_code_tags)
        limit 1) c
    join garita.residents r on r.id = c.resident_id
    join garita.units un on un.id = r.unit_id
    join garita.buildings b on b.id = un.building_id;
    if found then
        return v_pass;
    end if;

    -- Locked before it is judged: whoever comes second waits here and then reads the uses that are really left.
    -- Of several codes that had this number, the live one; else the latest, so that its visitor can leave.
    select t.code_type, t.id, t.code_hint, t.revoked_at is not null or not t.is_active and t.times_used < t.max_uses,
        t.valid_from, t.valid_until, t.max_uses - t.times_used,
        un.building_id, un.id, b.code || '-' || un.number, v.resident_id, v.id, v.first_name || ' ' || v.last_name,
        v.document_id, host.move_out_date, v.status, v.vehicle_plate
    into v_pass.code_kind, v_pass.temporary_code_id, v_pass.code_hint, v_pass.is_revoked,
        v_pass.starts_at, v_pass.ends_at, v_pass.uses_left,
        v_pass.building_id, v_pass.unit_id, v_pass.unit_display, v_pass.resident_id, v_pass.visitor_id,
        v_pass.person_name, v_pass.person_document, v_pass.move_out_date, v_pass.visit_status, v_pass.vehicle_plate
    from (
        select * from garita.temporary_codes
        where site_id = p_site_id and code_tag = any (p_code_tags)
        order by is_active desc, id desc
        limit 1) t
    join garita.visitors v on v.id = t.visitor_id
    join garita.units un on un.id = v.unit_id
    join garita.buildings b on b.id = un.building_id
    left join garita.residents host on host.id = v.resident_id
    for no key update of t;
    return v_pass;
end
$$;

comment on function garita.find_pass(bigint, bytea[], bigint) is
    'The code that has one of the tags (two while the tag key changes), with its person; all null when there is none.';
