create or replace function api.finish_terminal_commands(
    p_serial text, p_address text, p_token_tag bytea, p_ids bigint[], p_codes bigint[])
returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    perform garita.require_terminal(p_serial, p_address, p_token_tag);
    perform garita.answer_opening(
            r.id, case when r.code >= 0 then 'accepted' else 'failed' end, 'the terminal returned ' || r.code),
        garita.note_door(o.door_id, jsonb_build_object('answer', 'returned ' || r.code))
    from unnest(p_ids, p_codes) r (id, code)
    join garita.outbox o on o.id = r.id
    join garita.terminal_doors(p_serial) d on (d.door).id = o.door_id;
end
$$;

comment on function api.finish_terminal_commands(text, text, bytea, bigint[], bigint[]) is
    'What a terminal returned for commands: 0 and more means done. Numbers of other doors'' commands are passed over. GA406 as '
    'garita.require_terminal.';
grant execute on function api.finish_terminal_commands(text, text, bytea, bigint[], bigint[]) to garita_device;
