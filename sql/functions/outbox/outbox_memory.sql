create or replace function api.outbox_memory() returns table (key text, value jsonb)
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select m.key, m.value from garita.driver_memory m order by m.key
$$;

comment on function api.outbox_memory() is 'What drivers remembered.';
grant execute on function api.outbox_memory() to garita_outbox;
