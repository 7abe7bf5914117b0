create or replace function garita.open_doors(
    p_gate garita.gates, p_direction text, p_log_id bigint, p_user_id bigint, p_device_id bigint, p_now timestamptz)
returns void
language sql volatile
as $$
    insert into garita.outbox (site_id, kind, created_at, due_at, not_after, door_id, log_id, user_id, device_id)
    select p_gate.site_id, 'open', p_now, p_now, p_now + d.open_within_seconds * interval '1 second', d.door_id,
        p_log_id, p_user_id, p_device_id
    from unnest(p_gate.doors) d
    where d.direction in ('BOTH', p_direction);
    select pg_notify('garita_outbox', 'd');
$$;

comment on function garita.open_doors(garita.gates, text, bigint, bigint, bigint, timestamptz) is
    'A granted decision opens the doors of its gate: one message each, in the transaction of the decision.';
