create or replace function api.release_login_attempt(p_name_tag bytea, p_device_tag bytea, p_all boolean) returns void
language sql volatile security definer
set search_path = garita, pg_temp
as $$
    update garita.login_throttles t set failures = case when p_all then 0 else greatest(0, t.failures - 1) end
    where t.name_tag = p_name_tag and t.device_tag = p_device_tag
$$;

comment on function api.release_login_attempt(bytea, bytea, boolean) is
    'Deletes all attempts before, because the password was right, or this one alone where a second factor is missing.';
grant execute on function api.release_login_attempt(bytea, bytea, boolean) to garita_auth;
