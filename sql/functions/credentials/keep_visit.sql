create or replace function garita.keep_visit() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    if (old.unit_id, old.resident_id, old.sponsor_id) is distinct from (new.unit_id, new.resident_id, new.sponsor_id) then
        perform garita.hold_originals(new.unit_id, array[new.resident_id, new.sponsor_id]);
    end if;
    perform garita.renew_credentials('temporary', array(
        select t.id from garita.temporary_codes t where t.visitor_id = new.id));
    return null;
end
$$;

comment on function garita.keep_visit() is 'The credentials of a visit follow it.';

create or replace trigger keep_credentials after update on garita.visitors for each row
    when ((old.first_name, old.last_name, old.document_id, old.phone, old.vehicle_plate, old.unit_id, old.resident_id,
            old.sponsor_id)
        is distinct from (
            new.first_name, new.last_name, new.document_id, new.phone, new.vehicle_plate, new.unit_id, new.resident_id,
            new.sponsor_id))
    execute function garita.keep_visit();
