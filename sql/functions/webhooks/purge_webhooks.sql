create or replace function garita.purge_webhooks() returns bigint
language plpgsql volatile
as $$
declare
    v_purged bigint;
begin
    with gone as (
        delete from garita.outbox o using garita.sites s
        where o.kind = 'webhook' and o.state not in ('queued', 'sent') and s.id = o.site_id
            and o.ended_at < clock_timestamp() - make_interval(days => least(s.visitor_days, 30))
        returning o.id
    ), attempts as (
        delete from garita.deliveries d using gone where d.outbox_id = gone.id
    )
    select count(*) into v_purged from gone;
    delete from garita.webhook_subjects s where s.used_at < clock_timestamp() - interval '1 year';
    return v_purged;
end
$$;

comment on function garita.purge_webhooks() is
    'Deletes finished messages after thirty days, sooner where data of visitors is kept for less, with what is known of '
    'their delivery, and returns how many. Run daily.';
