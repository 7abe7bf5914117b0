create or replace function garita.forget_log_days() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    perform garita.forget_log_sums(new.id);
    return null;
end
$$;

comment on function garita.forget_log_days() is 'Another time zone has other days.';

create or replace trigger forget_log_days after update of time_zone on garita.sites for each row
    when (old.time_zone <> new.time_zone) execute function garita.forget_log_days();
