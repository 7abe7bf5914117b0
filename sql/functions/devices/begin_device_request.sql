-- The worker has checked the signature; here is checked whether that key still counts.
create or replace function garita.authenticate_device(
    p_device_id bigint, p_key_version integer, out site_id bigint, out time_zone text, out access_point_id bigint)
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
begin
    select (d.gate).site_id, (d.gate).time_zone, (d.gate).point_id into site_id, time_zone, access_point_id
    from garita.gate_of_device(p_device_id, p_key_version, null, 'ENTRY', clock_timestamp()) d;
end
$$;

comment on function garita.authenticate_device(bigint, integer) is
    'Site and own gate of a device whose key counts; GA401 as garita.gate_of_device.';
grant execute on function garita.authenticate_device(bigint, integer) to garita_app;

-- Security invoker, as api.begin_request.
create or replace function api.begin_device_request(
    p_device_id bigint, p_key_version integer, p_request_id text, p_address text)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
    v_device record;
begin
    v_device := garita.authenticate_device(p_device_id, p_key_version);
    perform
        set_config('garita.user_id', '', true),
        set_config('garita.session_id', '', true),
        set_config('garita.site_id', v_device.site_id::text, true),
        set_config('garita.role', 'GUARD', true),
        set_config('garita.unit_ids', '{}', true),
        set_config('garita.request_id', coalesce(p_request_id, ''), true),
        set_config('garita.address', coalesce(p_address, ''), true),
        set_config('garita.saved_id', v_device.access_point_id::text, true),
        set_config('TimeZone', v_device.time_zone, true);
    perform set_config('role', 'garita_guard', true);
end
$$;

comment on function api.begin_device_request(bigint, integer, text, text) is
    'First statement of a gate device''s request to the app pool: checks the device and becomes a guard nobody is logged in '
    'as; garita.saved_id is the device''s own gate, the one row it may read. GA401 for a key that does not count.';
grant execute on function api.begin_device_request(bigint, integer, text, text) to garita_app;
