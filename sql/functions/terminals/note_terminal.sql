create or replace function api.note_terminal(p_serial text, p_address text, p_token_tag bytea, p_attributes jsonb)
returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_terminal garita.terminals := garita.require_terminal(p_serial, p_address, p_token_tag);
begin
    update garita.terminals t set attributes = t.attributes || p_attributes
    where t.id = v_terminal.id and not t.attributes @> p_attributes;
    perform garita.note_door((d.door).id, jsonb_build_object('reached', true, 'details', p_attributes))
    from garita.terminal_doors(p_serial) d where p_attributes <> '{}';
end
$$;

comment on function api.note_terminal(text, text, bytea, jsonb) is
    'What a terminal tells of itself. GA406 as garita.require_terminal.';
grant execute on function api.note_terminal(text, text, bytea, jsonb) to garita_device;
