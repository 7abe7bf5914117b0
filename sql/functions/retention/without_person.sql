create or replace function garita.without_person(p_changes jsonb) returns jsonb
language sql immutable
as $$
    select coalesce(jsonb_object_agg(c.key, case
        when c.key = any (array['first_name', 'last_name', 'document_id', 'phone', 'email', 'purpose', 'vehicle_plate',
            'company', 'notes', 'username', 'emergency_contact_name', 'emergency_contact_phone']) then '["***", "***"]'
        else c.value end), '{}')
    from jsonb_each(p_changes) c
$$;

comment on function garita.without_person(jsonb) is
    'Changes of a row as the audit keeps them once the data of its person is erased: that a field changed, not its '
    'values.';
