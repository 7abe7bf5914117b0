create or replace function garita.keep_webhook() returns trigger
language plpgsql
as $$
begin
    if new.events = '{}' then
        raise exception using errcode = 'GA400', hint = 'events',
            message = 'Choose at least one event.',
            detail = 'Elija al menos un evento.';
    end if;
    if tg_op = 'UPDATE' and new.is_active and not old.is_active then
        new.stopped_at := null;
        new.stopped_reason := '';
        new.held_until := null;
    end if;
    return new;
end
$$;

comment on function garita.keep_webhook() is
    'A subscription is to something (GA400), and whoever switches it on again begins with a clean slate.';

create or replace trigger keep_webhook before insert or update of events, is_active on garita.webhooks
    for each row execute function garita.keep_webhook();
