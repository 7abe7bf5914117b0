-- As the owner: no role of a request reads or writes what is sealed.
create or replace function api.rotate_webhook(p_webhook_id bigint, p_secret_sealed bytea, p_key_version integer)
returns bigint
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    perform garita.require_webhook(p_webhook_id);
    update garita.webhooks w
    set previous_sealed = w.secret_sealed, previous_key_version = w.key_version,
        secret_sealed = p_secret_sealed, key_version = p_key_version,
        previous_until = case when w.secret_sealed is not null then clock_timestamp() + interval '24 h' end
    where w.id = p_webhook_id;
    return garita.set_saved_id(p_webhook_id);
end
$$;

comment on function api.rotate_webhook(bigint, bytea, integer) is
    'Gives a subscription a new secret, or its first one; for a day messages are signed with the one before as well. GA404 '
    'for a subscription of another site.';
grant execute on function api.rotate_webhook(bigint, bytea, integer) to garita_admin;
