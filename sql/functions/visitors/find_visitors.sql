-- As the owner: `like` is not leakproof, so under a policy PostgreSQL would check the policy first, row by row, and use no
-- index. Only ids are returned, and the list reads each of them under the caller's policies.
create or replace function api.find_visitors(p_pattern text, p_phone text) returns bigint[]
language plpgsql stable security definer
set search_path = garita, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
    c_many constant integer := 1000;
    v_phone text := api.phone_to_find(p_phone);
    v_found bigint[] := array(
        select v.id from garita.visitors v
        where v.site_id = garita.current_site_id() and v.search_text like garita.fold(p_pattern)
        union
        select v.id from garita.visitors v
        where v.site_id = garita.current_site_id() and v.phone <> ''
            and regexp_replace(v.phone, '[^0-9]', '', 'g') like v_phone
        limit c_many + 1);
begin
    return case when cardinality(v_found) <= c_many then v_found end;
end
$$;

comment on function api.find_visitors(text, text) is
    'The visits of the site of which some field matches a pattern or the phone is the one looked for (null: none is), by the '
    'indexes of both, and perhaps one where the pattern spans the end of a field; null when they are too many to be listed.';
grant execute on function api.find_visitors(text, text) to garita_admin, garita_guard, garita_resident;
