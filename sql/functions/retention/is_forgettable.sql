create or replace function garita.is_forgettable(p_entry jsonb) returns boolean
language sql stable
as $$
    select p_entry ->> 'action' = 'LOGIN_FAILED' and p_entry ->> 'user_id' is null and p_entry ->> 'site_id' is null
        and (p_entry ->> 'at')::timestamptz < now() - interval '30 days'
$$;

comment on function garita.is_forgettable(jsonb) is
    'Whether an audit entry may be deleted: an old log-in under a name without an account.';
