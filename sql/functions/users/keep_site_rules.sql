-- Every request sets its time zone by it: a name that PostgreSQL does not know would fail them all. Only full names: an
-- abbreviation has no daylight saving time, and "UTC+5" means the opposite of what people expect.
create or replace function garita.keep_site_rules() returns trigger
language plpgsql
as $$
begin
    if not exists (select from pg_timezone_names z where z.name = new.time_zone) then
        raise exception using errcode = 'GA400', hint = 'time_zone',
            message = 'There is no such time zone.',
            detail = 'No existe esa zona horaria.';
    end if;
    return new;
end
$$;

comment on function garita.keep_site_rules() is 'Refuses a time zone that PostgreSQL does not know by name (GA400).';

create or replace trigger keep_site_rules before update of time_zone on garita.sites for each row
    when (old.time_zone <> new.time_zone) execute function garita.keep_site_rules();
