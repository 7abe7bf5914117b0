-- Security invoker, because PostgreSQL lets nobody change the role inside a definer function. What follows in the same
-- transaction runs as garita_admin, garita_guard or garita_resident: policies and column grants decide, and a forgotten
-- `where` leaks nothing. Every setting ends with the transaction.
create or replace function api.begin_request(
    p_user_id bigint, p_token_version integer, p_session_id bigint, p_role text, p_request_id text, p_address text)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
    v_caller record;
    v_unit_ids bigint[] := array[]::bigint[];
begin
    v_caller := garita.authenticate(p_user_id, p_token_version, p_session_id);

    -- The worker chose the route's rights by the token's role; the row's role is the true one.
    if p_role is distinct from v_caller.role then
        raise exception using errcode = 'GA401', hint = 'token_not_valid',
            message = 'Given token not valid for any token type',
            detail = 'El token no es válido';
    end if;
    perform garita.require_enrolment(v_caller.must_enrol);
    if v_caller.role = 'RESIDENT' then
        v_unit_ids := garita.units_of_resident(p_user_id, v_caller.time_zone);
    end if;

    perform
        set_config('garita.user_id', p_user_id::text, true),
        set_config('garita.session_id', p_session_id::text, true),
        set_config('garita.site_id', v_caller.site_id::text, true),
        set_config('garita.role', v_caller.role, true),
        set_config('garita.unit_ids', v_unit_ids::text, true),
        set_config('garita.request_id', coalesce(p_request_id, ''), true),
        set_config('garita.address', coalesce(p_address, ''), true),
        set_config('garita.saved_id', '', true),
        set_config('TimeZone', v_caller.time_zone, true);
    perform set_config('role', 'garita_' || lower(v_caller.role), true);
end
$$;

comment on function api.begin_request(bigint, integer, bigint, text, text, text) is
    'First statement of every request of the app pool: checks the caller and becomes the caller until the transaction '
    'ends. GA401 with hint user_not_found, user_inactive or token_not_valid; GA403 where a second factor must be '
    'enrolled first.';
grant execute on function api.begin_request(bigint, integer, bigint, text, text, text) to garita_app, garita_auth;
