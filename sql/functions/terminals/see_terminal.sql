-- It asks every two seconds; written down is every tenth.
create or replace function garita.see_terminal(p_serial text) returns void
language plpgsql volatile
as $$
begin
    perform garita.note_door((d.door).id, case s.trouble
        when 'offline' then '{"reached": true, "trouble": ""}'::jsonb else '{"reached": true}' end)
    from garita.terminal_doors(p_serial) d
    left join garita.door_states s on s.door_id = (d.door).id
    where s.reached_at > clock_timestamp() - interval '10 seconds' is not true;
end
$$;

comment on function garita.see_terminal(text) is 'The terminal of these doors was heard of.';
