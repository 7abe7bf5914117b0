create or replace function garita.guesses_until(p_site_id bigint, p_point_id bigint) returns timestamptz
language plpgsql stable
as $$
begin
    return greatest('-infinity', (
            select max(case
                when t.short_off then 'infinity'
                -- The next token.
                else t.refilled_at + (1 - t.tokens) * interval '1 minute' end)
            from garita.gate_throttles t
            where t.site_id = p_site_id and t.access_point_id = p_point_id and (t.short_off or t.tokens < 1)),
        (select max(c.paused_until) from garita.guess_counts c where c.site_id = p_site_id));
end
$$;

comment on function garita.guesses_until(bigint, bigint) is
    'Until when a short code must be weighed at a gate: a bucket of it is empty, or a caller of the site may guess no more.';
