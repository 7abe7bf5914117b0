-- Each question stops at the first row. A pass may be long gone: whoever came in by one is in the log.
create or replace function api.show_setup(
    out is_put_away boolean, out has_buildings boolean, out has_units boolean, out has_residents boolean,
    out has_gates boolean, out has_guards boolean, out has_accounts boolean, out has_passes boolean)
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
declare
    v_site bigint := garita.current_site_id();
begin
    select s.setup_put_away into is_put_away from garita.sites s where s.id = v_site;
    has_buildings := exists (select from garita.buildings b where b.site_id = v_site);
    has_units := exists (select from garita.units u where u.site_id = v_site);
    has_residents := exists (select from garita.residents r where r.site_id = v_site);
    has_gates := exists (select from garita.access_points p where p.site_id = v_site);
    has_guards := exists (select from garita.users u where u.site_id = v_site and u.role = 'GUARD');
    has_accounts := exists (select from garita.residents r where r.site_id = v_site and r.user_id is not null);
    has_passes := exists (select from garita.temporary_codes t where t.site_id = v_site)
        or exists (select from garita.access_logs l where l.site_id = v_site);
end
$$;

comment on function api.show_setup() is
    'What of a running gate there is, step by step, and whether somebody has put the list of these steps away.';
grant execute on function api.show_setup() to garita_admin;
