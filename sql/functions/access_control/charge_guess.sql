-- Showing a code that is expired, used up or of another gate is mostly a mistake of somebody who has it; not so the fourth
-- time in an hour, and never for a text that is no code.
create or replace function garita.charge_guess(
    p_gate garita.gates, p_guess garita.guess, p_pass garita.credentials, p_user_id bigint, p_device_id bigint,
    p_now timestamptz, p_today date)
returns void
language plpgsql volatile
as $$
declare
    v_refusals integer;
    v_is_typed boolean := p_guess.is_typed;
    v_is_read boolean := p_guess.is_read;
begin
    if p_pass.code_id is not null then
        insert into garita.guess_counts as c (site_id, subject, since, failures)
        values (
            p_gate.site_id, case p_pass.code_kind when 'temporary' then 't:' else 'p:' end || p_pass.code_id, p_now, 1)
        on conflict (site_id, subject) do update set
            failures = case when c.since > p_now - interval '1 hour' then c.failures else 0 end + 1,
            since = case when c.since > p_now - interval '1 hour' then c.since else p_now end
        returning c.failures into v_refusals;
        if v_refusals <= 3 then
            return;
        end if;
        v_is_typed := p_pass.code_kind = 'temporary' or p_pass.code_type = 'PIN';
        v_is_read := not v_is_typed;
    elsif v_is_typed is null then
        select k.is_typed, k.is_read into v_is_typed, v_is_read
        from garita.kinds_of_text(p_gate.site_id, p_guess.shape, p_guess.is_one_time, p_now) k;
    end if;

    perform garita.count_guess(
        p_gate.site_id, p_user_id, p_device_id, true, v_is_read and not v_is_typed, p_now, p_today);
    perform garita.count_failure(
        p_gate.site_id, p_gate.point_id,
        array_remove(array[
            case when v_is_read and p_guess.looks_read then 'read' end,
            case when v_is_typed and p_guess.looks_typed then 'typed' end
        ], null),
        p_user_id, p_guess.is_inside_only, p_now, p_today);
end
$$;

comment on function garita.charge_guess(
    garita.gates, garita.guess, garita.credentials, bigint, bigint, timestamptz, date) is
    'Counts a refused text that can be guessed and was looked up: for its caller, its site and the buckets of its '
    'gate. The first three refusals of a known code in an hour are not counted.';
