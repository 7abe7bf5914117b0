-- PostgreSQL puts the query in the place of the call.
create or replace function garita.look_up(
    p_user_id bigint, p_token_version integer, p_session_id bigint, p_access_point_id bigint, p_code_tag bytea,
    p_direction text, p_now timestamptz)
returns table (gate garita.gates, pass garita.credentials, opens boolean)
language sql stable
rows 1
as $$
    select g, c, g.guesses_until <= p_now and garita.opens(c, g, p_direction, p_now)
    from garita.sessions s
    join garita.gates g on g.site_id = s.site_id and g.point_id = coalesce(p_access_point_id, 0)
    left join garita.credentials c on c.site_id = g.site_id and c.code_tag = p_code_tag
    where s.id = p_session_id and s.user_id = p_user_id and s.gate_version = p_token_version
        and s.revoked_at is null and s.expires_at > p_now and s.absolute_end > p_now
$$;

comment on function garita.look_up(bigint, integer, bigint, bigint, bytea, text, timestamptz) is
    'Who asks, where, and with what: the gate, the code of the tag, and whether it opens (garita.opens). No row for a caller '
    'who needs a closer look (garita.gate_of_user), and for a gate that the site does not have.';
