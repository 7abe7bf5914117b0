create or replace function garita.confirm_opening(p_door_id bigint, p_answer text) returns bigint
language plpgsql volatile
as $$
declare
    v_id bigint := (
        select o.id from garita.outbox o
        where o.door_id = p_door_id and o.kind = 'open' and o.state in ('sent', 'accepted', 'unknown')
            and o.sent_at > clock_timestamp() - interval '2 minutes'
        order by o.id limit 1);
begin
    perform garita.answer_opening(v_id, 'confirmed', p_answer);
    return v_id;
end
$$;

comment on function garita.confirm_opening(bigint, text) is
    'A door was seen to open on command: the earliest of the openings of the last two minutes is confirmed. Returns its '
    'number, or null.';
