create or replace function garita.log_terminal_grant(
    p_door garita.doors, p_event jsonb, p_trace_id text, p_address text)
returns bigint
language plpgsql volatile
as $$
declare
    v_tags bytea[] := array(select decode(t, 'hex') from jsonb_array_elements_text(p_event -> 'tags') t);
    v_gate garita.gates := garita.gate_of_site(p_door.site_id, p_door.access_point_id);
    v_pass garita.credentials;
begin
    select c.* into v_pass from garita.credentials c
    where c.site_id = p_door.site_id and c.code_tag = any (v_tags) limit 1;
    return garita.write_log(
        v_gate, v_pass, garita.terminal_direction(p_door, p_event ->> 'direction'), null, v_tags[1],
        p_event ->> 'hint', '{}', '{decided_by_terminal}', null, garita.device_of_door(p_door), p_trace_id, p_address,
        'Decided by the terminal itself at ' || coalesce(p_event ->> 'time', 'an unknown time'), clock_timestamp());
end
$$;

comment on function garita.log_terminal_grant(garita.doors, jsonb, text, text) is
    'The log row of a passage that a terminal granted by itself: written when it is told, with the time by the terminal''s '
    'clock as a note.';
