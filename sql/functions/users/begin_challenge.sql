create or replace function api.begin_challenge(p_token_tags bytea[])
returns table (wait_seconds integer, user_id bigint, username text, secret_sealed bytea, key_version integer)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
declare
    v_challenge_id bigint;
begin
    select c.id, u.id, u.username into v_challenge_id, user_id, username
    from garita.login_challenges c
    join garita.users u on u.id = c.user_id and u.is_active and u.token_version = c.token_version
    where c.token_tag = any (p_token_tags) and c.expires_at > clock_timestamp() and c.failures < 5
    for no key update of c;
    if not found then
        return;
    end if;
    select b.wait_seconds, b.secret_sealed, b.key_version into wait_seconds, secret_sealed, key_version
    from garita.begin_code(user_id) b where b.is_confirmed or b.wait_seconds > 0;
    if wait_seconds = 0 then
        update garita.login_challenges c set failures = c.failures + 1 where c.id = v_challenge_id;
    end if;
    if wait_seconds is not null then
        return next;
    end if;
end
$$;

comment on function api.begin_challenge(bytea[]) is
    'Counts a code tried for a log-in whose password was right, and returns what to compare it with, or how long to '
    'wait. No row when the challenge is unknown, used, too old, or has had five codes.';
grant execute on function api.begin_challenge(bytea[]) to garita_auth;
