create or replace function garita.close_gates(p_site_id bigint, p_now timestamptz, p_today date) returns void
language plpgsql volatile
as $$
declare
    -- Everybody whose wrong codes were counted on this day may not acknowledge it.
    v_guessers bigint[] := (
        select coalesce(array_agg(substr(c.subject, 3)::bigint), '{}') from garita.guess_counts c
        where c.site_id = p_site_id and c.subject like 'u:%' and c.since > p_now - interval '1 day');
begin
    insert into garita.gate_throttles as t (
        site_id, access_point_id, bucket, tokens, refilled_at, day, day_failures, short_off, guessed_by)
    select p_site_id, p.id, b.name, 10, p_now, p_today, 0, true, v_guessers
    from (select a.id from garita.access_points a where a.site_id = p_site_id union all select 0) p
    cross join (values ('read'), ('typed')) b (name)
    order by p.id, b.name
    on conflict (site_id, access_point_id, bucket) do update set
        short_off = true,
        guessed_by = (select array_agg(distinct g.id) from unnest(t.guessed_by || v_guessers) g (id));
end
$$;

comment on function garita.close_gates(bigint, timestamptz, date) is
    'Closes both buckets of every gate of a site until somebody acknowledges.';
