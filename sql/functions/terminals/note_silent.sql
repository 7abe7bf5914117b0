create or replace function garita.note_silent() returns void
language plpgsql volatile
as $$
begin
    perform garita.note_door(s.door_id, '{"trouble": "offline"}')
    from garita.door_states s
    join garita.doors d on d.id = s.door_id
    where d.driver = 'zkteco' and d.is_active and s.trouble <> 'offline'
        and s.reached_at + interval '1 minute' <= clock_timestamp();
end
$$;

comment on function garita.note_silent() is
    'Doors whose terminal has not called for a minute are offline, whatever else was wrong: the terminal says that again once it '
    'is back (garita.see_terminal, api.report_terminal_state).';
