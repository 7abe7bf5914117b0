-- The home is locked, so that vehicles added at once are counted one after another.
create or replace function garita.count_vehicles() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
declare
    c_of_home constant integer := 20;
begin
    perform from garita.units u where u.id = new.unit_id for no key update;
    if c_of_home <= (
        select count(*) from garita.vehicles v where v.unit_id = new.unit_id and v.is_active and v.id <> new.id)
    then
        raise exception using errcode = 'GA409', hint = 'too_many_vehicles',
            message = 'The home already has as many vehicles as allowed: remove one first.',
            detail = 'La casa ya tiene el máximo de vehículos: quite primero alguno.';
    end if;
    return new;
end
$$;

comment on function garita.count_vehicles() is 'Refuses more than twenty vehicles of a home at a time (GA409).';

create or replace trigger count_new_vehicle before insert on garita.vehicles
    for each row when (new.is_active) execute function garita.count_vehicles();
create or replace trigger count_vehicle before update of is_active, unit_id on garita.vehicles
    for each row when (new.is_active and (not old.is_active or old.unit_id <> new.unit_id))
    execute function garita.count_vehicles();
