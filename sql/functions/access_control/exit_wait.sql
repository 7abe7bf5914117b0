-- The lock is held until the lookup has been counted, so that parallel requests are looked up one at a time.
create or replace function garita.exit_wait(
    p_site_id bigint, p_point_id bigint, p_guess garita.guess, p_is_paused boolean, p_now timestamptz) returns integer
language plpgsql volatile
as $$
begin
    if not pg_try_advisory_xact_lock(hashtextextended('exit ' || p_site_id || ' ' || p_point_id, 0)) then
        return 1;
    end if;
    return (
        select nullif(greatest(0, max(ceil(date_part('epoch', t.exit_failed_at - p_now) + p.seconds)))::integer, 0)
        from garita.gate_throttles t
        -- A paused caller waits until no other caller does.
        cross join lateral (
            select least(300, 2 ^ least(9, t.exit_failures - 1) * case when p_is_paused then 2 else 1 end)) p (seconds)
        where t.site_id = p_site_id and t.access_point_id = p_point_id
            and case t.bucket when 'typed' then p_guess.is_typed else p_guess.is_read end
            and t.exit_failed_at > p_now - interval '10 minutes');
end
$$;

comment on function garita.exit_wait(bigint, bigint, garita.guess, boolean, timestamptz) is
    'Seconds until an exit of a gate whose bucket is closed may look up a text again, null for now: 1, 2, 4 … 300 '
    'after consecutive wrong ones, 1 while another request is being looked up.';
