-- Called before a text that can be guessed is looked up. While a bucket is closed its texts are refused unread, so that
-- right and wrong ones get the same answer. An exit is delayed instead, because refusing it would lock people in: it finds
-- only codes of people who can be inside (a visit CHECKED_IN, a permanent code), one request of a gate at a time, and each
-- wrong one doubles the pause before the next. The caller is told to wait; a worker that slept would be missing elsewhere.
create or replace function garita.weigh_guess(
    p_gate garita.gates, p_subject text, p_shape text, p_is_one_time boolean, p_is_entry boolean, p_now timestamptz)
returns garita.guess
language plpgsql volatile
as $$
declare
    v_guess garita.guess;
    v_typed_wait integer;
    v_read_wait integer;
    v_typed_pause integer;
    v_read_pause integer;
begin
    v_guess.subject := p_subject;
    v_guess.shape := p_shape;
    v_guess.is_one_time := p_is_one_time;
    v_guess.looks_typed := true;
    v_guess.looks_read := true;
    v_guess.is_inside_only := false;
    if p_gate.guesses_until <= p_now then
        return v_guess;
    end if;
    select coalesce(max(w.seconds) filter (where t.bucket = 'typed'), 0)::integer,
        coalesce(max(w.seconds) filter (where t.bucket = 'read'), 0)::integer
    into v_typed_wait, v_read_wait
    from garita.gate_throttles t
    cross join lateral (
        select case when t.short_off then 3600
            else greatest(0, ceil(round(((1 - garita.tokens_left(t, p_now)) * 60)::numeric, 3))) end) w (seconds)
    where t.site_id = p_gate.site_id and t.access_point_id = p_gate.point_id;

    -- A person's pause is one; a device has one for each bucket (garita.count_guess).
    select coalesce(max(p.seconds) filter (where c.subject = p_subject), 0)::integer,
        coalesce(max(p.seconds) filter (where c.subject <> p_subject or p_subject like 'u:%'), 0)::integer
    into v_typed_pause, v_read_pause
    from garita.guess_counts c
    cross join lateral (select ceil(date_part('epoch', c.paused_until - p_now)) as seconds) p
    where c.site_id = p_gate.site_id and c.subject in (p_subject, p_subject || ' read') and c.paused_until > p_now;

    v_guess.looks_typed := v_typed_wait = 0 and v_typed_pause = 0;
    v_guess.looks_read := v_read_wait = 0 and v_read_pause = 0;
    if v_guess.looks_typed and v_guess.looks_read then
        return v_guess;
    end if;

    select k.is_typed, k.is_read into v_guess.is_typed, v_guess.is_read
    from garita.kinds_of_text(p_gate.site_id, p_shape, p_is_one_time, p_now) k;
    v_guess.retry_after := nullif(greatest(
        case when v_guess.is_typed then greatest(v_typed_wait, v_typed_pause) end,
        case when v_guess.is_read then greatest(v_read_wait, v_read_pause) end), 0);
    if v_guess.retry_after is null then
        return v_guess;
    elsif p_is_entry then
        -- A text that could be of both kinds is looked up among the one whose bucket is open.
        v_guess.looks_typed := v_guess.looks_typed and v_guess.is_typed;
        v_guess.looks_read := v_guess.looks_read and v_guess.is_read;
        return v_guess;
    end if;
    v_guess.retry_after := garita.exit_wait(
        p_gate.site_id, p_gate.point_id, v_guess,
        v_guess.is_typed and v_typed_pause > 0 or v_guess.is_read and v_read_pause > 0, p_now);
    v_guess.is_inside_only := v_guess.retry_after is null;
    v_guess.looks_typed := v_guess.is_inside_only;
    v_guess.looks_read := v_guess.is_inside_only;
    return v_guess;
end
$$;

comment on function garita.weigh_guess(garita.gates, text, text, boolean, boolean, timestamptz) is
    'Among which codes a short text is looked up at a gate (0: none named), and when to ask again if it is not. '
    'p_subject is the caller (u:1, d:1), p_shape as garita.kinds_of_text has it.';
