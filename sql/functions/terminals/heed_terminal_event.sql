create or replace function garita.heed_terminal_event(
    p_door garita.doors, p_event jsonb, p_trace_id text, p_address text)
returns void
language plpgsql volatile
as $$
declare
    v_answered bigint;
begin
    if p_event ->> 'kind' = 'remote_open' or (p_event ->> 'is_answer')::boolean then
        perform garita.confirm_opening(p_door.id, 'the terminal says that it opened');
    elsif (p_event ->> 'is_grant')::boolean then
        -- What follows from an answer of ours is in the log already.
        select o.id into v_answered
        from garita.outbox o
        join garita.access_logs l on l.id = o.log_id and l."timestamp" between o.created_at - interval '1 minute'
            and o.created_at + interval '1 minute'
        where o.door_id = p_door.id and o.kind = 'open' and o.state in ('sent', 'accepted', 'unknown')
            and o.sent_at > clock_timestamp() - interval '10 minutes'
            and encode(l.code_tag, 'hex') in (select jsonb_array_elements_text(p_event -> 'tags'))
        order by o.id limit 1;
        if found then
            perform garita.answer_opening(v_answered, 'confirmed', 'the terminal says that it opened');
        else
            perform garita.log_terminal_grant(p_door, p_event, p_trace_id, p_address);
        end if;
    end if;
end
$$;

comment on function garita.heed_terminal_event(garita.doors, jsonb, text, text) is
    'What follows from a new event of a terminal: an opening of ours is confirmed, or a passage that it granted by itself is '
    'logged.';
