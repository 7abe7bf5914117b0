create or replace function garita.discard_rollups_of_old_days() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    perform garita.discard_log_rollups(new.id);
    return null;
end
$$;

comment on function garita.discard_rollups_of_old_days() is
    'Discards the rollups of a site that gets another time zone, because its days are others then.';

create or replace trigger discard_rollups_of_old_days after update of time_zone on garita.sites for each row
    when (old.time_zone <> new.time_zone) execute function garita.discard_rollups_of_old_days();
