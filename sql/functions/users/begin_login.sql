-- Counts before the password is compared, so that parallel guesses are all counted; a log-in that succeeds resets the
-- count. An unknown name counts and waits like a known one.
create or replace function api.begin_login(p_username text, p_name_tag bytea, p_device_tag bytea)
returns table (wait_seconds integer, user_id bigint, password_hash text, is_active boolean)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_user garita.users;
begin
    select u.* into v_user from garita.users u where u.username = p_username;

    insert into garita.login_throttles as t (name_tag, device_tag, site_id, user_id, failures, tried_at)
    values (p_name_tag, p_device_tag, v_user.site_id, v_user.id, 1, v_now)
    on conflict on constraint login_throttles_pkey do update
    set failures = t.failures + 1, tried_at = v_now, site_id = v_user.site_id, user_id = v_user.id
    where garita.login_wait(t.failures, t.tried_at, v_now) = 0;

    if found then
        wait_seconds := 0;
        user_id := v_user.id;
        password_hash := v_user.password_hash;
        is_active := v_user.is_active;
    else
        select greatest(1, garita.login_wait(t.failures, t.tried_at, v_now)) into wait_seconds
        from garita.login_throttles t where t.name_tag = p_name_tag and t.device_tag = p_device_tag;
        -- A log-in of the same moment has reset the count.
        wait_seconds := coalesce(wait_seconds, 1);
    end if;
    return next;
end
$$;

comment on function api.begin_login(text, bytea, bytea) is
    'Counts an attempt to log in and returns what to compare with; nulls for an unknown name. While wait_seconds is '
    'not 0 nothing is counted and nothing returned. The only way to a password hash, open to the auth pool alone.';
grant execute on function api.begin_login(text, bytea, bytea) to garita_auth;
