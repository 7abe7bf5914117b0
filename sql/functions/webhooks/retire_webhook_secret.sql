create or replace function api.retire_webhook_secret(p_webhook_id bigint) returns bigint
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    perform garita.require_webhook(p_webhook_id);
    update garita.webhooks w set previous_sealed = null, previous_until = null where w.id = p_webhook_id;
    return garita.set_saved_id(p_webhook_id);
end
$$;

comment on function api.retire_webhook_secret(bigint) is
    'Ends the previous secret of a subscription at once. GA404 for a subscription of another site.';
grant execute on function api.retire_webhook_secret(bigint) to garita_admin;
