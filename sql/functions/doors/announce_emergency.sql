create or replace function garita.announce_emergency() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    perform garita.announce(
        new.site_id, case when new.ended_at is null then 'emergency.began' else 'emergency.ended' end,
        'emergency:' || new.id, jsonb_build_object('emergency_id', new.id), '{}');
    return null;
end
$$;

comment on function garita.announce_emergency() is 'Tells subscriptions that all doors are to stay open, and that this is over.';

create or replace trigger announce_emergency_begin after insert on garita.emergencies
    for each row execute function garita.announce_emergency();
create or replace trigger announce_emergency_end after update of ended_at on garita.emergencies
    for each row when (old.ended_at is null and new.ended_at is not null) execute function garita.announce_emergency();
