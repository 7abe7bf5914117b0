-- What people are told of doors, and what they do to them.

alter table garita.doors add column secret_names text[] not null default '{}';
comment on column garita.doors.secret_names is 'Which secret settings are set, so that this can be told without the key.';

-- A door that somebody opens by hand.
alter table garita.audit drop constraint audit_action_choice, add constraint audit_action_choice check (action in (
    'INSERT', 'UPDATE', 'DELETE', 'REVEAL', 'LOGIN_FAILED', 'REFUSED', 'EXPORT', 'ALARM', 'ERASE', 'IMPORT', 'UNDO',
    'OPEN'));

alter table garita.doors add column has_exit_button boolean not null default false;
comment on column garita.doors.has_exit_button is
    'Who is inside may open it without asking, so an opening that nothing explains is none that was forced.';

-- They tell more than before; a new database has none yet.
drop function if exists api.list_gate_troubles(timestamptz);
drop function if exists api.find_page_session(bytea[]);
drop function if exists api.list_emergency_doors();
drop function if exists garita.emergency_doors(bigint);
