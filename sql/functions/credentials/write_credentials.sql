create or replace function garita.write_credentials(p_rows garita.credentials[]) returns integer
language plpgsql volatile
as $$
declare
    v_written integer;
begin
    insert into garita.credentials as c
    select f.* from unnest(p_rows) f order by f.code_kind, f.code_id
    on conflict (code_kind, code_id) do update set
        (site_id, code_tag, code_type, access_method, reader, is_plain, is_revoked, starts_at, ends_at, last_day, max_uses, schedule_id, point_ids,
            building_id, unit_id, unit_display, resident_id, visitor_id, visit_status, person_name, person_document,
            person_phone, vehicle_plate, is_authorized, move_out_date, version) = (
            excluded.site_id, excluded.code_tag, excluded.code_type, excluded.access_method, excluded.reader,
            excluded.is_plain, excluded.is_revoked, excluded.starts_at,
            excluded.ends_at, excluded.last_day, excluded.max_uses, excluded.schedule_id, excluded.point_ids,
            excluded.building_id, excluded.unit_id, excluded.unit_display, excluded.resident_id, excluded.visitor_id,
            excluded.visit_status, excluded.person_name, excluded.person_document, excluded.person_phone,
            excluded.vehicle_plate, excluded.is_authorized, excluded.move_out_date, c.version + 1)
    -- Not the counters, which a use may have moved since they were read.
    where c.* is distinct from excluded.*;
    get diagnostics v_written = row_count;
    return v_written;
end
$$;

comment on function garita.write_credentials(garita.credentials[]) is
    'Stores credentials, new ones and those that differ, and leaves the counters of those that are there; returns how many.';
