create or replace function garita.is_wanted(p_message garita.outbox) returns boolean
language sql stable
as $$
    select p_message.kind not in ('hold', 'release')
        or (p_message.kind = 'hold') = garita.wants_open(p_message.site_id) and not exists (
            select from garita.outbox n
            where n.door_id = p_message.door_id and n.id > p_message.id and n.kind in ('hold', 'release'))
$$;

comment on function garita.is_wanted(garita.outbox) is
    'Whether a message to a door may still be sent: a hold while its emergency lasts, a release while there is none, and only the '
    'newest of them to a door.';
