create or replace function api.register_terminal(
    p_serial text, p_address text, p_registry_code text, p_session_code text, p_attributes jsonb)
returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_terminal garita.terminals := garita.find_terminal(p_serial, p_address);
begin
    if v_terminal.pairing_until > clock_timestamp() is not true then
        raise exception using errcode = 'GA406',
            message = 'This terminal is not known here.', detail = 'Esta terminal no se conoce aquí.';
    end if;
    -- The window stays open: a terminal that did not get the answer registers once more.
    update garita.terminals t
    set dialect = 'security', paired_at = clock_timestamp(), registry_code = p_registry_code,
        session_code = p_session_code, token_tag = null, attributes = t.attributes || p_attributes
    where t.id = v_terminal.id;
    perform garita.note_door((d.door).id, jsonb_build_object(
            'reached', true, 'answer', 'registered', 'trouble', '', 'details', p_attributes)),
        garita.note_event((d.door).id, '{"kind": "paired"}')
    from garita.terminal_doors(p_serial) d;
end
$$;

comment on function api.register_terminal(text, text, text, text, jsonb) is
    'A terminal registers, which it may while an administrator waits for it. GA406 otherwise.';
grant execute on function api.register_terminal(text, text, text, text, jsonb) to garita_device;
