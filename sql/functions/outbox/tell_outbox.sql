create or replace function garita.tell_outbox() returns trigger
language plpgsql
as $$
begin
    perform pg_notify('garita_outbox', tg_argv[0]);
    return null;
end
$$;

comment on function garita.tell_outbox() is 'Wakes the process that empties the outbox. Argument: d, w or c (docs/outbox.md).';

create or replace trigger tell_outbox after insert or update or delete on garita.doors
    for each statement execute function garita.tell_outbox('c');
create or replace trigger tell_outbox after insert or update on garita.emergencies
    for each statement execute function garita.tell_outbox('c');
create or replace trigger tell_outbox after insert or delete or update of url, is_active, secret_sealed
    on garita.webhooks for each statement execute function garita.tell_outbox('c');
