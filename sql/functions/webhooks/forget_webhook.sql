-- As the owner, who alone deletes from the outbox.
create or replace function garita.forget_webhook() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    delete from garita.outbox o where o.kind = 'webhook' and o.webhook_id = old.id;
    return null;
end
$$;

comment on function garita.forget_webhook() is 'The messages of a subscription go with it.';

create or replace trigger forget_webhook after delete on garita.webhooks
    for each row execute function garita.forget_webhook();
