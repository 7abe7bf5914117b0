create or replace function garita.require_webhook(p_webhook_id bigint) returns garita.webhooks
language plpgsql volatile
as $$
declare
    v_webhook garita.webhooks;
begin
    select w.* into v_webhook from garita.webhooks w
    where w.id = p_webhook_id and w.site_id = garita.current_site_id() and garita.current_role_name() = 'ADMIN'
    for no key update;
    if not found then
        raise exception using errcode = 'GA404', hint = 'Webhook',
            message = 'No Webhook matches the given query.',
            detail = 'Ningún registro de Webhook coincide con la consulta.';
    end if;
    return v_webhook;
end
$$;

comment on function garita.require_webhook(bigint) is
    'Locks a subscription of the administrator''s site and returns it; GA404 for any other.';
