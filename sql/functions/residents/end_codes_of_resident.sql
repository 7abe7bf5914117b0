-- As the owner: an administrator may not write a visitor's code directly.
create or replace function garita.end_codes_of_resident() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_zone text := (select s.time_zone from garita.sites s where s.id = new.site_id);
begin
    if new.move_out_date <= (v_now at time zone v_zone)::date then
        update garita.access_codes c set is_active = false where c.resident_id = new.id and c.is_active;
        update garita.temporary_codes t set is_active = false, revoked_at = v_now
        from garita.visitors v
        where v.resident_id = new.id and t.visitor_id = v.id and t.is_active;
    end if;
    return null;
end
$$;

comment on function garita.end_codes_of_resident() is
    'Moving out today or earlier ends every code of the resident and of the resident''s visitors; a later date is '
    'kept by the gate, which refuses from that day on.';

create or replace trigger end_codes_of_resident after insert or update of move_out_date on garita.residents
    for each row when (new.move_out_date is not null) execute function garita.end_codes_of_resident();
