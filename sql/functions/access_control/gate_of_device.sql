-- The worker has checked the signature; here is checked whether that key still counts.
create or replace function garita.gate_of_device(
    p_device_id bigint, p_key_version integer, p_access_point_id bigint, p_direction text, p_now timestamptz)
returns garita.device_gate
language plpgsql stable
as $$
declare
    v_at garita.device_gate;
    v_device garita.devices;
    v_is_active boolean;
begin
    v_device := (select d from garita.devices d where d.id = p_device_id);
    -- A device that names no gate stands at its own.
    v_at.gate := garita.gate_of_site(v_device.site_id, coalesce(p_access_point_id, v_device.access_point_id));
    v_is_active := v_device.is_active and (v_at.gate).site_id is not null;
    -- The key before the latest is valid for seven more days, whether or not the daily job that retires it has run.
    if v_is_active and (p_key_version = v_device.key_version
        or p_key_version >= v_device.minimum_key_version and p_key_version = v_device.key_version - 1
            and p_now < v_device.rotated_at + interval '7 days')
    then
        v_at.is_own_point := coalesce(v_device.access_point_id = p_access_point_id, true);
        v_at.is_own_direction := case p_direction when 'ENTRY' then v_device.allows_entry else v_device.allows_exit end;
        return v_at;
    end if;

    raise exception using errcode = 'GA401',
        message = case
            when v_device.id is null then 'Device not found'
            when not v_is_active then 'Device is inactive'
            else 'Device key is no longer valid'
        end,
        detail = case
            when v_device.id is null then 'No se encontró el dispositivo'
            when not v_is_active then 'El dispositivo está inactivo'
            else 'La clave del dispositivo ya no es válida'
        end,
        hint = case
            when v_device.id is null then 'device_unknown'
            when not v_is_active then 'device_inactive'
            else 'device_key'
        end;
end
$$;

comment on function garita.gate_of_device(bigint, integer, bigint, text, timestamptz) is
    'The gate as a device meets it, and whether gate and direction are its own. GA401 with hint device_unknown, '
    'device_inactive or device_key.';
