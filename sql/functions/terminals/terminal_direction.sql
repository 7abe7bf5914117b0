create or replace function garita.terminal_direction(p_door garita.doors, p_said text) returns text
language sql immutable
as $$
    select case when p_door.direction <> 'BOTH' then p_door.direction else coalesce(p_said, 'ENTRY') end
$$;

comment on function garita.terminal_direction(garita.doors, text) is
    'Which way somebody passes: the way of the door, or of one for both ways what the terminal says.';
