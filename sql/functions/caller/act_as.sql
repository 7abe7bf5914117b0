create or replace function garita.act_as(p_user_id bigint, p_request_id text, p_address text) returns void
language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    perform
        set_config('garita.user_id', p_user_id::text, true),
        set_config('garita.request_id', coalesce(p_request_id, ''), true),
        set_config('garita.address', coalesce(p_address, ''), true);
end
$$;

comment on function garita.act_as(bigint, text, text) is
    'Tells the audit, until the transaction ends, on whose behalf a function of the auth pool changes rows.';
