-- Security invoker, because PostgreSQL lets nobody change the role inside a definer function. What follows in the same
-- transaction runs as garita_admin, garita_guard or garita_resident: policies and column grants decide, and a forgotten
-- `where` leaks nothing.
create or replace function api.begin_request(
    p_user_id bigint, p_token_version integer, p_session_id bigint, p_role text, p_request_id text, p_address text)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
    -- A condition, because it is evaluated without starting a statement.
    if set_config(
        'role', garita.enter(p_user_id, p_token_version, p_session_id, p_role, p_request_id, p_address), true) = 'none'
    then
        raise exception 'a request without a role';
    end if;
end
$$;

comment on function api.begin_request(bigint, integer, bigint, text, text, text) is
    'First statement of every request of the app pool: checks the caller and becomes the caller until the transaction '
    'ends. GA401 with hint user_not_found, user_inactive or token_not_valid; GA403 where a second factor must be '
    'enrolled first.';
grant execute on function api.begin_request(bigint, integer, bigint, text, text, text) to garita_app, garita_auth;
