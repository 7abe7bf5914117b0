create or replace function garita.check_copies() returns table (what text, count bigint)
language sql stable
rows 1
as $$
    select 'sessions', count(*)
    from garita.sessions s
    join garita.callers() c using (user_id)
    where s.revoked_at is null
        and (s.site_id, s.caller_role, s.caller_version) is distinct from (c.site_id, c.caller_role, c.caller_version)
    having count(*) > 0
$$;

comment on function garita.check_copies() is
    'Of which tables how many rows hold an outdated copy of what stands in another one; no row where all is right, as the '
    'triggers keep it.';
