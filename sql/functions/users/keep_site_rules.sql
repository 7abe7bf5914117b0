-- Every request sets its time zone by it: a name that PostgreSQL does not know would fail them all. Only full names: an
-- abbreviation has no daylight saving time, and "UTC+5" means the opposite of what people expect.
create or replace function garita.keep_site_rules() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    if tg_op = 'INSERT' then
        new.country := coalesce(new.country, garita.country_of(new.time_zone));
    elsif new.time_zone <> old.time_zone
        and not exists (select from pg_timezone_names z where z.name = new.time_zone)
    then
        raise exception using errcode = 'GA400', hint = 'time_zone',
            message = 'There is no such time zone.',
            detail = 'No existe esa zona horaria.';
    end if;
    if new.country <> '' and not exists (select from garita.phone_plans p where p.country = new.country) then
        raise exception using errcode = 'GA400', hint = 'country',
            message = 'There is no such country.',
            detail = 'No existe ese país.';
    end if;
    -- Of other schemes, one runs what stands behind it, and another lets everybody between read along.
    if new.map_url <> '' and new.map_url !~ '^https://[!#-;=?-~]+$' then
        raise exception using errcode = 'GA400', hint = 'map_url',
            message = 'The link must begin with https:// and hold no spaces or quotation marks.',
            detail = 'El enlace debe empezar con https:// y no llevar espacios ni comillas.';
    end if;
    return new;
end
$$;

comment on function garita.keep_site_rules() is
    'Refuses a time zone that PostgreSQL does not know by name and a country without a numbering plan, and a map '
    'that is no address of the web (GA400). As the owner, because no role reads the plans. A new site has the country of its time zone, unless it says another.';

create or replace trigger keep_site_rules before insert or update of time_zone, country, map_url on garita.sites
    for each row execute function garita.keep_site_rules();
