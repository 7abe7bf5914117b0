-- The terminal itself tells of doors that were forced or held (garita.door_events), so that its contact only is kept here.
create or replace function api.report_terminal_state(
    p_serial text, p_address text, p_token_tag bytea, p_time text, p_doors jsonb)
returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_terminal garita.terminals := garita.require_terminal(p_serial, p_address, p_token_tag);
    v_now timestamptz := clock_timestamp();
    v_drift integer;
    v_state record;
begin
    select extract(epoch from p_time::timestamp at time zone s.time_zone - v_now)::integer into v_drift
    from garita.sites s
    -- A difference that no column holds is no clock.
    where s.id = v_terminal.site_id and abs(extract(epoch from p_time::timestamp at time zone s.time_zone - v_now)) < 1e9;
    for v_state in
        select (d.door).id as door_id, r ->> 'contact' as contact, (r ->> 'relay')::boolean as relay, r -> 'alarms' as alarms
        from jsonb_array_elements(p_doors) r
        join garita.terminal_doors(p_serial) d on d.number = r ->> 'door'
    loop
        perform garita.note_door(v_state.door_id, jsonb_build_object(
                'reached', true, 'trouble', coalesce(garita.terminal_trouble(v_state.alarms), ''), 'details',
                jsonb_build_object('relay', v_state.relay, 'alarms', v_state.alarms))
            || case when v_drift is null then '{}' else jsonb_build_object('drift', v_drift) end);
        update garita.door_states s set contact = v_state.contact, contact_since = v_now
        where s.door_id = v_state.door_id and s.contact is distinct from v_state.contact;
        if v_state.relay then
            perform garita.confirm_opening(v_state.door_id, 'the relay was seen on');
        end if;
    end loop;
end
$$;

comment on function api.report_terminal_state(text, text, bytea, text, jsonb) is
    'What a terminal says of its doors now: contact, relay, alarms; and what time its clock has, in the zone of the site. '
    'GA406 as garita.require_terminal.';
grant execute on function api.report_terminal_state(text, text, bytea, text, jsonb) to garita_device;
