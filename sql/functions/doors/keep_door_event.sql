-- A board that tells by itself what the contact told already: one opening is forced, or held, once.
create or replace function garita.keep_door_event() returns trigger
language plpgsql
as $$
begin
    if exists (
        select from garita.door_events e
        join garita.door_states s on s.door_id = e.door_id
        where e.door_id = new.door_id and e.kind = new.kind
            and case when s.contact = 'open' then e.happened_at >= s.contact_since - interval '10 seconds'
                else abs(extract(epoch from e.happened_at - new.happened_at)) <= 10 end)
    then
        return null;
    end if;
    return new;
end
$$;

comment on function garita.keep_door_event() is 'Leaves out a forced or held opening that is known already.';

create or replace trigger keep_door_event before insert on garita.door_events
    for each row when (new.kind in ('forced', 'held')) execute function garita.keep_door_event();
