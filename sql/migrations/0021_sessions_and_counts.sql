-- What a request needs to know of its caller stands in the session's row: one row is read instead of four.

alter table garita.sessions
    add column caller_role text,
    add column caller_version integer,
    add column gate_version integer generated always as (
        case when caller_role in ('ADMIN', 'GUARD') then caller_version end) stored;
comment on column garita.sessions.caller_role is 'Role of the account, copied (garita.callers).';
comment on column garita.sessions.caller_version is
    'Epoch of the account while nothing but this session''s end stands against a request of it: an active account, no '
    'superuser, of an active site, with a second factor where the site wants one. Null otherwise: then '
    'garita.authenticate looks at everything. Copied (garita.callers).';
comment on column garita.sessions.gate_version is 'caller_version of who may ask at gates, null for others.';

-- No change of a session, so neither its history nor updated_at shall tell of it.
alter table garita.sessions disable trigger user;
update garita.sessions s
set site_id = u.site_id, caller_role = u.role,
    caller_version = case
        when u.is_active and not u.is_superuser and si.is_active
            and (u.role <> all (si.second_factor_roles) or exists (
                select from garita.second_factors f where f.user_id = u.id and f.confirmed_at is not null))
        then u.token_version
    end
from garita.users u left join garita.sites si on si.id = u.site_id
where u.id = s.user_id and s.revoked_at is null;
alter table garita.sessions enable trigger user;

-- Residents are counted as they come and go, like visitors.
insert into garita.row_counts (site_id, table_name, shard, total)
select r.site_id, 'residents', 0, count(*) from garita.residents r group by r.site_id;

-- It answers one column less; sql/functions makes it again.
drop function if exists garita.log_window(timestamptz, timestamptz);
