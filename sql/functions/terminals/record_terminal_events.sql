create or replace function api.record_terminal_events(
    p_serial text, p_address text, p_token_tag bytea, p_trace_id text, p_events jsonb)
returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_terminal garita.terminals := garita.require_terminal(p_serial, p_address, p_token_tag);
    v_zone text := (select s.time_zone from garita.sites s where s.id = v_terminal.site_id);
    v_event jsonb;
    v_door garita.doors;
begin
    for v_event in select e from jsonb_array_elements(p_events) e loop
        -- What the terminal says of itself, or of a door that Garita does not have, stands at its first one.
        select (d.door).* into v_door from garita.terminal_doors(p_serial) d
        order by d.number <> v_event ->> 'door', (d.door).id limit 1;
        if garita.note_event(v_door.id, jsonb_build_object(
                'kind', v_event -> 'kind', 'at', (v_event ->> 'time')::timestamp at time zone v_zone,
                'source', 'zkteco:' || p_serial, 'epoch', v_event -> 'epoch', 'index', v_event -> 'index',
                'details', (v_event -> 'details') || jsonb_build_object('door', v_event -> 'door')))
        then
            perform garita.heed_terminal_event(v_door, v_event, p_trace_id, p_address);
        end if;
    end loop;
end
$$;

comment on function api.record_terminal_events(text, text, bytea, text, jsonb) is
    'Takes events of a terminal, each once: kind, door, time (wall clock), epoch, index, direction, tags, hint, is_grant, '
    'is_answer, details. GA406 as garita.require_terminal.';
grant execute on function api.record_terminal_events(text, text, bytea, text, jsonb) to garita_device;
