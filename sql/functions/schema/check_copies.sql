create or replace function garita.check_copies() returns table (what text, count bigint)
language sql stable
rows 1
as $$
    select c.what, c.count
    from (
        select 'sessions' as what, count(*) as count
        from garita.sessions s
        join garita.callers() c using (user_id)
        where s.revoked_at is null
            and (s.site_id, s.caller_role, s.caller_version) is distinct from (c.site_id, c.caller_role, c.caller_version)
        union all
        select 'gates', count(*)
        from garita.fresh_gates() f
        full join garita.gates g using (site_id, point_id)
        where f.* is distinct from g.*
        union all
        select 'credentials', count(*)
        from garita.fresh_credentials() f
        full join garita.credentials c using (code_kind, code_id)
        where f.* is distinct from c.*) c
    where c.count > 0
$$;

comment on function garita.check_copies() is
    'Of which tables how many rows hold an outdated copy of what stands in another one; no row where all is right, as the '
    'triggers keep it.';
