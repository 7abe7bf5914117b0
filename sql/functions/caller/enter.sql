-- Almost always the session's row lets the caller in; whoever it does not is looked at closely, and told what is wrong: a
-- logout, a disabled account or a new password works on the very next request, without a deny-list.
create or replace function garita.enter(
    p_user_id bigint, p_token_version integer, p_session_id bigint, p_role text, p_request_id text, p_address text)
returns text
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_site_id bigint;
    v_time_zone text;
    v_caller record;
    v_unit_ids bigint[] := array[]::bigint[];
begin
    select si.id, si.time_zone into v_site_id, v_time_zone
    from garita.sessions s
    join garita.sites si on si.id = s.site_id
    where s.id = p_session_id and s.user_id = p_user_id and s.caller_version = p_token_version and s.caller_role = p_role
        and s.revoked_at is null and s.expires_at > v_now and s.absolute_end > v_now;
    if not found then
        v_caller := garita.authenticate(p_user_id, p_token_version, p_session_id);
        -- The worker chose the route's rights by the token's role; the row's role is the true one.
        if p_role is distinct from v_caller.role then
            raise exception using errcode = 'GA401', hint = 'token_not_valid',
                message = 'Given token not valid for any token type',
                detail = 'El token no es válido';
        end if;
        perform garita.require_enrolment(v_caller.must_enrol);
        v_site_id := v_caller.site_id;
        v_time_zone := v_caller.time_zone;
    end if;
    if p_role = 'RESIDENT' then
        v_unit_ids := garita.units_of_resident(p_user_id, v_time_zone);
    end if;

    -- One expression, because a statement would cost more than all that is in it. Every setting ends with the transaction.
    return case when set_config('garita.user_id', p_user_id::text, true) is not null
        and set_config('garita.session_id', p_session_id::text, true) is not null
        and set_config('garita.site_id', v_site_id::text, true) is not null
        and set_config('garita.role', p_role, true) is not null
        and set_config('garita.unit_ids', v_unit_ids::text, true) is not null
        and set_config('garita.request_id', coalesce(p_request_id, ''), true) is not null
        and set_config('garita.address', coalesce(p_address, ''), true) is not null
        and set_config('garita.saved_id', '', true) is not null
        and set_config('TimeZone', v_time_zone, true) is not null
        then 'garita_' || lower(p_role) end;
end
$$;

comment on function garita.enter(bigint, integer, bigint, text, text, text) is
    'Checks the caller of a request, makes the settings that policies and functions go by until the transaction ends, and '
    'returns the role to take. GA401 and GA403 as api.begin_request.';
grant execute on function garita.enter(bigint, integer, bigint, text, text, text) to garita_app, garita_auth;
