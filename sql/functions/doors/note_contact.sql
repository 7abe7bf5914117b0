create or replace function garita.note_contact(p_door_id bigint, p_contact text, p_at timestamptz) returns void
language plpgsql volatile
as $$
begin
    update garita.door_states s set contact = p_contact, contact_since = p_at
    where s.door_id = p_door_id and s.contact is distinct from p_contact;
    if found and p_contact is not null then
        perform garita.note_event(p_door_id, jsonb_build_object(
            'kind', case p_contact when 'open' then 'opened' else 'closed' end, 'at', p_at));
    end if;
end
$$;

comment on function garita.note_contact(bigint, text, timestamptz) is
    'The contact of a door says open or closed; null when it says nothing any more. A change is an event.';
