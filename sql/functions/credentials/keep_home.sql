create or replace function garita.keep_home() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
declare
    v_unit_ids bigint[];
begin
    if tg_table_name = 'units' then
        v_unit_ids := array[new.id];
        if old.building_id <> new.building_id then
            perform from garita.buildings b where b.id = new.building_id for share;
        end if;
    else
        v_unit_ids := array(select un.id from garita.units un where un.building_id = new.id);
    end if;
    perform garita.renew_credentials('permanent', array(
        select c.id from garita.residents r join garita.access_codes c on c.resident_id = r.id
        where r.unit_id = any (v_unit_ids)));
    perform garita.renew_credentials('temporary', array(
        select t.id from garita.visitors v join garita.temporary_codes t on t.visitor_id = v.id
        where v.unit_id = any (v_unit_ids)));
    return null;
end
$$;

comment on function garita.keep_home() is 'The credentials of a home, or of all homes of a building, know how it is called.';

create or replace trigger keep_credentials after update on garita.units
    for each row when ((old.number, old.building_id) is distinct from (new.number, new.building_id))
    execute function garita.keep_home();
create or replace trigger keep_credentials after update of code on garita.buildings
    for each row when (old.code <> new.code) execute function garita.keep_home();
