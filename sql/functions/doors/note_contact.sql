create or replace function garita.note_contact(p_door_id bigint, p_contact text, p_at timestamptz) returns void
language plpgsql volatile
as $$
declare
    v_state garita.door_states;
    v_is_watched boolean;
begin
    update garita.door_states s set contact = p_contact, contact_since = p_at
    where s.door_id = p_door_id and s.contact is distinct from p_contact
    returning s.* into v_state;
    if not found or p_contact is null then
        return;
    end if;
    -- The process of the outbox is to look again once the door has been open for too long.
    if p_contact = 'open' then
        perform pg_notify('garita_outbox', 'd');
    end if;
    -- Boards and terminals know of their own buttons and cards, and tell themselves what was forced.
    select not d.has_exit_button and d.driver in ('http', 'mqtt') into v_is_watched from garita.doors d where d.id = p_door_id;
    perform garita.note_event(p_door_id, jsonb_build_object('kind', case
        when p_contact = 'closed' then 'closed'
        when not v_is_watched or v_state.granted_until >= p_at or garita.wants_open(v_state.site_id) then 'opened'
        else 'forced' end, 'at', p_at));
end
$$;

comment on function garita.note_contact(bigint, text, timestamptz) is
    'The contact of a door says open or closed; null when it says nothing any more. A change is an event: opened, closed, or '
    'forced where no opening was sent that would explain it, and nobody inside opens it without asking.';
