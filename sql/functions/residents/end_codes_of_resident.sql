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
    'Ends every code of a resident who moves out today or earlier, and every pass that depends on the resident; for a '
    'later date the gate refuses from that day on. Moving to another home ends the passes to the former one.';

create or replace trigger end_codes_of_new_resident after insert on garita.residents
    for each row when (new.move_out_date is not null) execute function garita.end_codes_of_resident();
create or replace trigger end_codes_of_resident after update of move_out_date, unit_id on garita.residents
    for each row when (new.move_out_date is not null or old.unit_id <> new.unit_id)
    execute function garita.end_codes_of_resident();
