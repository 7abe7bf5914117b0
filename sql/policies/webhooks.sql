-- Who else is told. Administrators only; nobody reads a secret, not even sealed.

select garita.protect('garita.webhooks', p_write => '{admin}');
grant select (
    id, site_id, name, url, events, secrecy, is_active, previous_until, stopped_at, stopped_reason, created_at, updated_at)
    on garita.webhooks to garita_admin;
grant insert (name, url, events, secrecy, is_active), update (name, url, events, secrecy, is_active), delete
    on garita.webhooks to garita_admin;

-- Written by functions.
select garita.protect('garita.deliveries', p_read => '{admin}');
grant select on garita.deliveries to garita_admin;
select garita.protect('garita.webhook_subjects');

-- What was sent, beside each attempt.
create policy webhooks on garita.outbox for select to garita_admin
    using (kind = 'webhook' and site_id = (select garita.current_site_id()));
grant select (id, site_id, kind, webhook_id, state, created_at, event, subject, sequence, body)
    on garita.outbox to garita_admin;
