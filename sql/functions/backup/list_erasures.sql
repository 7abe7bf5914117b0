-- From the audit, which is lost with the database: that is why `garita backup` keeps this list in a file of its own.
create or replace function garita.list_erasures(p_since timestamptz)
returns table (at text, kind text, table_name text, row_id bigint)
language sql stable
as $$
    select to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        case when a.action <> 'UPDATE' then a.action
            when '[false, true]' in (a.changes -> 'is_active', a.changes -> 'is_authorized')
                or a.table_name = 'temporary_codes' and a.changes -> 'revoked_at' ->> 1 is null then 'START'
            else 'END' end,
        a.table_name, a.row_id
    from (select s.id from garita.sites s union all select null) s (id)
    join garita.audit a on a.site_id is not distinct from s.id and a.at > p_since
    where a.row_id is not null and (
        a.action = 'ERASE' and a.table_name = 'visitors'
        or a.action = 'DELETE' and a.table_name in (
            'visitors', 'residents', 'users', 'vehicles', 'access_codes', 'temporary_codes', 'devices')
        or a.action = 'UPDATE' and (
            a.table_name in ('users', 'access_codes', 'devices') and a.changes ? 'is_active'
            or a.table_name = 'residents' and a.changes ? 'is_authorized'
            or a.table_name = 'temporary_codes' and a.changes ? 'revoked_at'))
    order by a.at, a.id
$$;

comment on function garita.list_erasures(timestamptz) is
    'What was erased, deleted or ended by a person since then: times and numbers of rows, no names. ERASE is garita '
    'erase-visitor or retention; END an account, a resident''s authorisation, a code or a device that was switched off, '
    'START one that was switched on again.';
