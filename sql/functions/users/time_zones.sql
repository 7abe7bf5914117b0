-- As the owner: no role reads in which country a zone lies.
create or replace function api.time_zones() returns setof text
language sql stable security definer
set search_path = garita, pg_temp
rows 100
as $$
    select z.name
    from pg_timezone_names z
    where z.name = any (array['UTC'] || coalesce((
            select p.time_zones from garita.phone_plans p join garita.sites s on s.country = p.country
            where s.id = garita.current_site_id() and cardinality(p.time_zones) > 0),
        array[z.name]))
        and z.name ~ '^(UTC$|(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/)'
$$;

comment on function api.time_zones() is
    'The time zones that the site may choose, by their full names: those of its country, or all of them without one. '
    'Abbreviations and old names without a place are left out.';
grant execute on function api.time_zones() to garita_admin;
