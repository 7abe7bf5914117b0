-- Like begin_login: counted before it is compared, so that parallel guesses are all counted.
create or replace function garita.begin_code(p_user_id bigint)
returns table (wait_seconds integer, secret_sealed bytea, key_version integer, is_confirmed boolean)
language plpgsql volatile
rows 1
as $$
declare
    v_now timestamptz := clock_timestamp();
begin
    update garita.second_factors f set failures = f.failures + 1, tried_at = v_now
    where f.user_id = p_user_id and garita.login_wait(f.failures, f.tried_at, v_now) = 0
    returning 0, f.secret_sealed, f.key_version::integer, f.confirmed_at is not null
    into wait_seconds, secret_sealed, key_version, is_confirmed;
    if not found then
        select greatest(1, garita.login_wait(f.failures, f.tried_at, v_now)) into wait_seconds
        from garita.second_factors f where f.user_id = p_user_id;
    end if;
    if wait_seconds is not null then
        return next;
    end if;
end
$$;

comment on function garita.begin_code(bigint) is
    'Counts a code tried for an account and returns what to compare it with; while wait_seconds is not 0 nothing is '
    'counted and nothing returned. No row for an account without an authenticator.';
