create or replace function garita.country_of(p_time_zone text) returns text
language sql stable
as $$
    select coalesce((
        select p.country from garita.phone_plans p where p.time_zones @> array[p_time_zone] order by p.country limit 1), '')
$$;

comment on function garita.country_of(text) is 'The country in which a time zone lies; blank for one that lies in none.';
