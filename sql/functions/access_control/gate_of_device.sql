-- The worker has checked the signature; here is checked whether that key still counts.
create or replace function garita.gate_of_device(
    p_device_id bigint, p_key_version integer, p_access_point_id bigint, p_direction text, p_now timestamptz)
returns garita.gate
language plpgsql stable
as $$
declare
    v_gate garita.gate;
    v_is_active boolean;
begin
    select si.id, si.time_zone, si.grace_before_minutes * interval '1 minute',
        si.grace_after_minutes * interval '1 minute', si.has_blocklist, null::bigint, d.id,
        coalesce(d.access_point_id = p_access_point_id, true),
        case p_direction when 'ENTRY' then d.allows_entry else d.allows_exit end,
        p.id, p.name, p.building_id, p.is_active, case p_direction when 'ENTRY' then p.is_entry else p.is_exit end,
        p.supports_qr, p.supports_rfid, p.supports_numeric
    into v_gate
    from garita.devices d
    join garita.sites si on si.id = d.site_id
    -- A device that names no gate stands at its own.
    left join garita.access_points p on p.id = coalesce(p_access_point_id, d.access_point_id) and p.site_id = si.id
    where d.id = p_device_id and d.is_active and si.is_active
        -- The key before the latest is valid for seven more days, whether or not the daily job that retires it has run.
        and (p_key_version = d.key_version
            or p_key_version >= d.minimum_key_version and p_key_version = d.key_version - 1
                and p_now < d.rotated_at + interval '7 days');
    if found then
        return v_gate;
    end if;

    select d.is_active and si.is_active into v_is_active
    from garita.devices d join garita.sites si on si.id = d.site_id
    where d.id = p_device_id;
    raise exception using errcode = 'GA401',
        message = case
            when v_is_active is null then 'Device not found'
            when not v_is_active then 'Device is inactive'
            else 'Device key is no longer valid'
        end,
        detail = case
            when v_is_active is null then 'No se encontró el dispositivo'
            when not v_is_active then 'El dispositivo está inactivo'
            else 'La clave del dispositivo ya no es válida'
        end,
        hint = case
            when v_is_active is null then 'device_unknown'
            when not v_is_active then 'device_inactive'
            else 'device_key'
        end;
end
$$;

comment on function garita.gate_of_device(bigint, integer, bigint, text, timestamptz) is
    'The gate as a device meets it, and whether gate and direction are its own. GA401 with hint device_unknown, '
    'device_inactive or device_key.';
