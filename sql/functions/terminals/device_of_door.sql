create or replace function garita.device_of_door(p_door garita.doors) returns bigint
language plpgsql volatile
as $$
declare
    v_device garita.devices;
    v_entry boolean := p_door.direction <> 'EXIT';
    v_exit boolean := p_door.direction <> 'ENTRY';
begin
    select d.* into v_device from garita.devices d where d.door_id = p_door.id;
    if not found then
        insert into garita.devices (site_id, name, access_point_id, allows_entry, allows_exit, door_id)
        select p_door.site_id, left(p_door.name, 60) || ' ' || left(p_door.settings ->> 'serial', 32) || case
                when exists (
                    select from garita.devices d where d.site_id = p_door.site_id and d.name =
                        left(p_door.name, 60) || ' ' || left(p_door.settings ->> 'serial', 32))
                then ' ' || p_door.id else '' end,
            p_door.access_point_id, v_entry, v_exit, p_door.id
        on conflict (door_id) do nothing;
        select d.* into v_device from garita.devices d where d.door_id = p_door.id;
    elsif (v_device.access_point_id, v_device.allows_entry, v_device.allows_exit)
        <> (p_door.access_point_id, v_entry, v_exit)
    then
        update garita.devices d
        set access_point_id = p_door.access_point_id, allows_entry = v_entry, allows_exit = v_exit
        where d.id = v_device.id;
    end if;
    return v_device.id;
end
$$;

comment on function garita.device_of_door(garita.doors) is
    'The gate device as which the terminal of a door asks, at the gate and for the ways of the door; made when there is none. '
    'Whoever revokes it closes the door to its terminal.';
