-- In PL/pgSQL, which keeps its plans: a function in SQL would be planned anew at every decision.
create or replace function garita.open_doors(
    p_gate garita.gates, p_direction text, p_log_id bigint, p_user_id bigint, p_device_id bigint, p_now timestamptz)
returns void
language plpgsql volatile
as $$
declare
    v_door garita.gate_door;
begin
    foreach v_door in array p_gate.doors loop
        if v_door.direction in ('BOTH', p_direction) then
            insert into garita.outbox (
                site_id, kind, created_at, due_at, not_after, door_id, log_id, user_id, device_id)
            values (
                p_gate.site_id, 'open', p_now, p_now, p_now + v_door.open_within_seconds * interval '1 second',
                v_door.door_id, p_log_id, p_user_id, p_device_id);
            perform pg_notify('garita_outbox', 'd');
        end if;
    end loop;
end
$$;

comment on function garita.open_doors(garita.gates, text, bigint, bigint, bigint, timestamptz) is
    'A granted decision opens the doors of its gate: one message each, in the transaction of the decision.';
