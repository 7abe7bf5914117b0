create or replace function api.second_factor(p_user_id bigint, p_token_version integer, p_session_id bigint)
returns table (is_required boolean, confirmed_at timestamptz, recovery_codes_left integer)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
declare
    v_caller record;
begin
    v_caller := garita.authenticate(p_user_id, p_token_version, p_session_id);
    -- Times are read in the site's zone, as after api.begin_request.
    perform set_config('TimeZone', v_caller.time_zone, true);
    return query
    select v_caller.role = any (s.second_factor_roles), f.confirmed_at, cardinality(f.recovery_tags)
    from garita.sites s left join garita.second_factors f on f.user_id = p_user_id and f.confirmed_at is not null
    where s.id = v_caller.site_id;
end
$$;

comment on function api.second_factor(bigint, integer, bigint) is
    'Whether one needs a second factor, since when one has it, how many recovery codes are left. GA401 for a dead token.';
grant execute on function api.second_factor(bigint, integer, bigint) to garita_auth;
