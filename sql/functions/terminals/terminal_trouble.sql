create or replace function garita.terminal_trouble(p_alarms jsonb) returns text
language sql immutable
as $$
    select a from jsonb_array_elements_text(p_alarms) a where a in ('tamper', 'power', 'battery', 'reader') limit 1
$$;

comment on function garita.terminal_trouble(jsonb) is
    'The first of a terminal''s alarms that is a fault of the device; null when none is.';
