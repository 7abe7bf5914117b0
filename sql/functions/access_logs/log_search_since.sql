-- Names in the log are searched row by row: an index of them would cost time at every entry. So only rows that still have
-- names are searched (garita.erase_log_names), and of these no more than a request has time for.
create or replace function api.log_search_since(p_until timestamptz) returns timestamptz
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
declare
    c_rows constant bigint := 250000::bigint;
    v_site bigint := garita.current_site_id();
    v_until timestamptz := coalesce(p_until, 'infinity');
    v_named timestamptz := coalesce((
        select m.names_from from garita.log_rollup_progress m where m.site_id = v_site), '-infinity');
    v_total bigint;
    v_day record;
begin
    -- A resident's rows are few, and an index finds them.
    if coalesce(garita.current_role_name(), '') not in ('ADMIN', 'GUARD') then
        return v_named;
    end if;
    v_total := garita.log_total(v_site, '', '', '', -1, v_until);
    if v_total <= c_rows then
        return v_named;
    end if;
    v_day := garita.log_day_of(v_site, '', '', -1, v_total - c_rows, '-infinity', v_until);
    -- The last day is searched whole, however many rows it has.
    return greatest(v_named, least(v_day.ends_at, garita.log_day_before(v_site, v_until)));
end
$$;

comment on function api.log_search_since(timestamptz) is
    'Since when the log is searched for words, among rows until a moment (null: all): where names are kept, and the '
    'newest 250,000 rows, by whole days.';
grant execute on function api.log_search_since(timestamptz) to garita_admin, garita_guard, garita_resident;
