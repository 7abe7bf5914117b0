-- A trigger, so that imported passes have it too.
create or replace function garita.settle_pass() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    new.sponsor_id := garita.resident_of(new.generated_by);
    new.is_for_household := exists (
        select from garita.visitors v
        join garita.sites s on s.id = v.site_id
        join garita.residents r on r.unit_id = v.unit_id
        where v.id = new.visitor_id
            and (r.move_out_date is null or r.move_out_date > (clock_timestamp() at time zone s.time_zone)::date));
    return new;
end
$$;

comment on function garita.settle_pass() is
    'Stores on whose right a new pass depends: the resident who issued it, and whether somebody lives in the home '
    'visited.';

create or replace trigger settle_pass before insert on garita.temporary_codes
    for each row execute function garita.settle_pass();
