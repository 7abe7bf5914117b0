create or replace function api.outbox_report(p_reports jsonb) returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_report jsonb;
begin
    for v_report in select r from jsonb_array_elements(p_reports) r loop
        if v_report ? 'command' then
            perform garita.answer_opening(
                (v_report ->> 'command')::bigint, v_report ->> 'state', coalesce(v_report ->> 'answer', ''));
        elsif v_report ? 'event' then
            perform garita.note_event((v_report ->> 'door')::bigint, v_report -> 'event');
        elsif v_report ? 'memory' then
            insert into garita.driver_memory as m (key, value) values (v_report ->> 'memory', v_report -> 'value')
            on conflict (key) do update set value = excluded.value, updated_at = clock_timestamp();
        else
            perform garita.note_door((v_report ->> 'door')::bigint, v_report);
        end if;
    end loop;
end
$$;

comment on function api.outbox_report(jsonb) is
    'Takes in order what drivers say: {command, state, answer}, {door, event}, {memory, value}, or of a door as '
    'garita.note_door has it.';
grant execute on function api.outbox_report(jsonb) to garita_outbox;
