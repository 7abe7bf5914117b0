-- A door that is added or taken into use while an emergency lasts is held open like the others.
create or replace function garita.hold_new_door() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    if garita.wants_open(new.site_id) then
        perform garita.queue_door(new.id, 'hold', null, garita.current_user_id(), null, 'emergency');
    end if;
    return null;
end
$$;

comment on function garita.hold_new_door() is 'Holds a door open that comes into use during an emergency.';

create or replace trigger hold_new_door after insert on garita.doors
    for each row when (new.is_active) execute function garita.hold_new_door();
create or replace trigger hold_door_in_use after update of is_active on garita.doors
    for each row when (new.is_active and not old.is_active) execute function garita.hold_new_door();
