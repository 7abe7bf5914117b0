create or replace function api.outbox_facts()
returns table (doors bigint, in_trouble bigint, waiting bigint, processes bigint)
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select
        (select count(*) from garita.doors d where d.is_active),
        (select count(*) from garita.door_states s join garita.doors d on d.id = s.door_id and d.is_active
            where s.trouble <> ''),
        (select count(*) from garita.outbox o where o.state in ('queued', 'sent')),
        (select count(*) from pg_stat_activity a where a.usename = 'garita_outbox' and a.datname = current_database())
$$;

comment on function api.outbox_facts() is
    'Doors in use, how many of them are in trouble, how many messages wait or have no answer yet, and how many processes are '
    'there to hand them over.';
grant execute on function api.outbox_facts() to garita_status, garita_admin, garita_migrate;
