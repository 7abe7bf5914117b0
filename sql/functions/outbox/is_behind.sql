create or replace function garita.is_behind(p_message garita.outbox) returns boolean
language sql stable
as $$
    select p_message.kind in ('hold', 'release') and exists (
        select from garita.outbox b
        where b.door_id = p_message.door_id and b.state = 'sent' and b.kind in ('hold', 'release')
            and b.kind <> p_message.kind)
$$;

comment on function garita.is_behind(garita.outbox) is
    'Whether a hold or release has to wait because its opposite is on the way to the door: the older one must not arrive last.';
