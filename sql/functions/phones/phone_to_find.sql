-- As the owner: no role reads the numbering plans.
create or replace function api.phone_to_find(p_text text) returns text
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select garita.phone_pattern(p_text, (select s.country from garita.sites s where s.id = garita.current_site_id()))
$$;

comment on function api.phone_to_find(text) is 'A pattern for the digits of a stored phone, by the country of the caller''s site.';
grant execute on function api.phone_to_find(text) to garita_admin, garita_guard, garita_resident;
