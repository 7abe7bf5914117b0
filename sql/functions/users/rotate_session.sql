-- Only the immediately previous token has a grace of 10 s (a lost answer, parallel tabs) and yields the same successor.
-- An older one means that a token was stolen: the family and every token of the account end.
create or replace function api.rotate_session(p_session_id bigint, p_generation integer)
returns table (
    outcome text, user_id bigint, generation integer, token_version integer, role text, issued_at timestamptz)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_session garita.sessions;
    v_is_active boolean;
begin
    select s.* into v_session from garita.sessions s where s.id = p_session_id for no key update;
    select u.is_active, u.token_version, u.role into v_is_active, token_version, role
    from garita.users u where u.id = v_session.user_id;

    outcome := case
        when v_session.id is null then 'unknown'
        when not v_is_active then 'inactive'
        when v_session.revoked_at is not null or v_session.expires_at <= v_now or v_session.absolute_end <= v_now
            then 'unknown'
        when p_generation = v_session.generation then 'rotated'
        when p_generation = v_session.generation - 1 and v_session.rotated_at > v_now - interval '10 seconds'
            then 'retried'
        when p_generation < v_session.generation then 'reused'
        else 'unknown'
    end;

    if outcome = 'rotated' then
        update garita.sessions s
        set generation = s.generation + 1, issued_at = v_now, rotated_at = v_now,
            expires_at = least(v_now + interval '7 days', s.absolute_end)
        where s.id = p_session_id
        returning s.* into v_session;
    elsif outcome = 'reused' then
        update garita.sessions s set revoked_at = v_now where s.user_id = v_session.user_id and s.revoked_at is null;
        update garita.users u set token_version = u.token_version + 1 where u.id = v_session.user_id
        returning u.token_version into token_version;
    end if;

    user_id := v_session.user_id;
    generation := v_session.generation;
    issued_at := v_session.issued_at;
    return next;
end
$$;

comment on function api.rotate_session(bigint, integer) is
    'Exchanges refresh token number p_generation. Always one row; outcome is rotated, retried (the same successor '
    'again), reused (everything of the account ended), unknown or inactive.';
grant execute on function api.rotate_session(bigint, integer) to garita_app;
revoke execute on function api.rotate_session(bigint, integer) from garita_auth;
