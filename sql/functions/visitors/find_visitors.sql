-- As the owner: `like` is not proof against leaks, so under a policy PostgreSQL would look at the policy first, row by
-- row, and use no index for it. Only numbers come out, and the list looks at each of them under the caller's policies.
create or replace function api.find_visitors(p_pattern text) returns bigint[]
language plpgsql stable security definer
set search_path = garita, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
    c_many constant integer := 1000;
    v_found bigint[] := array(
        select v.id from garita.visitors v
        where v.site_id = garita.current_site_id() and v.search_text like garita.fold(p_pattern)
        limit c_many + 1);
begin
    return case when cardinality(v_found) <= c_many then v_found end;
end
$$;

comment on function api.find_visitors(text) is
    'The visits of the site of which some field is like a pattern, by the index of all of them, and perhaps one of which '
    'the pattern spans the end of a field; null when they are too many to be worth naming.';
grant execute on function api.find_visitors(text) to garita_admin, garita_guard, garita_resident;
