create or replace function garita.purge_outbox() returns bigint
language plpgsql volatile
as $$
declare
    v_messages bigint;
    v_events bigint;
begin
    -- What is kept of an opening beyond that stands in the log.
    delete from garita.outbox o
    where o.webhook_id is null and o.created_at < clock_timestamp() - interval '30 days'
        and o.state not in ('queued', 'sent');
    get diagnostics v_messages = row_count;
    delete from garita.door_events e where e.recorded_at < clock_timestamp() - interval '400 days';
    get diagnostics v_events = row_count;
    return v_messages + v_events;
end
$$;

comment on function garita.purge_outbox() is
    'Deletes messages to doors after 30 days and events of doors after 400, and returns how many.';
