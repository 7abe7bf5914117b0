-- Log-in is throttled per account: five tries are free, then 1, 2, 4 … 900 seconds pass between tries, and after a
-- hundred in a row the password opens nothing until an operator unlocks it or a new one is set.

create table garita.login_throttles (
    name_tag bytea not null,
    device_tag bytea not null default '',
    site_id bigint,
    user_id bigint,
    failures integer not null,
    tried_at timestamptz not null,
    constraint login_throttles_pkey primary key (name_tag, device_tag),
    constraint login_throttles_site_fkey foreign key (site_id) references garita.sites (id) on delete cascade,
    constraint login_throttles_user_fkey foreign key (user_id) references garita.users (id) on delete cascade,
    constraint login_throttles_failures_range check (failures >= 0)
) with (fillfactor = 85);
comment on table garita.login_throttles is
    'Tries to log in since the last that succeeded. A name is kept as a keyed tag only: people type passwords there.';
comment on column garita.login_throttles.device_tag is
    'A device that has logged in as this account before counts for itself, so that a stranger cannot lock it out; empty '
    'for all others together.';
comment on column garita.login_throttles.user_id is 'Null for a name that nobody has: it is throttled all the same.';
create index login_throttles_user_idx on garita.login_throttles (user_id);

-- Not only changes: log-ins that failed, refusals, exports. And who it was, in words that outlive the account.
alter table garita.audit add column actor text not null default '';
comment on column garita.audit.actor is 'Name of the account at that time, or the operator of a command.';
alter table garita.audit
    drop constraint audit_action_choice,
    add constraint audit_action_choice
        check (action in ('INSERT', 'UPDATE', 'DELETE', 'LOGIN_FAILED', 'REFUSED', 'EXPORT'));

drop function if exists api.find_credentials(text);
drop function if exists api.open_session(bigint, text, text);
