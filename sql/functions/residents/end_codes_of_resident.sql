-- As the owner: an administrator may not write a visitor's code directly.
create or replace function garita.end_codes_of_resident() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
declare
    v_zone text := (select s.time_zone from garita.sites s where s.id = new.site_id);
begin
    if new.move_out_date <= (clock_timestamp() at time zone v_zone)::date then
        update garita.access_codes c set is_active = false where c.resident_id = new.id and c.is_active;
        perform garita.end_passes_of_resident(new.id, null);
    elsif tg_op = 'UPDATE' then
        perform garita.end_passes_of_resident(new.id, new.unit_id);
    end if;
    return null;
end
$$;

comment on function garita.end_codes_of_resident() is
    'Moving out today or earlier ends every code of the resident and every pass that rests on the resident; a later date '
    'is kept by the gate, which refuses from that day on. Moving to another home ends the passes to the one left.';

create or replace trigger end_codes_of_new_resident after insert on garita.residents
    for each row when (new.move_out_date is not null) execute function garita.end_codes_of_resident();
create or replace trigger end_codes_of_resident after update of move_out_date, unit_id on garita.residents
    for each row when (new.move_out_date is not null or old.unit_id <> new.unit_id)
    execute function garita.end_codes_of_resident();
