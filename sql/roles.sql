-- The database roles of Garita. They belong to the cluster, not to the database, so they stand outside the migrations.
-- Run once per cluster by its superuser, with psql; running it again changes nothing.
--
-- No password stands here: whoever sets up the cluster gives the login roles theirs (`alter role … password`).
-- No role is superuser; only garita_owner owns anything; the pools own nothing and read no table by themselves.

\set ON_ERROR_STOP on

do $$
declare
    v_role text;
begin
    foreach v_role in array array[
        'garita_owner', 'garita_migrate',
        'garita_gate', 'garita_auth', 'garita_app', 'garita_device', 'garita_status', 'garita_outbox',
        'garita_admin', 'garita_guard', 'garita_resident']
    loop
        if to_regrole(v_role) is null then
            execute format('create role %I', v_role);
        end if;
    end loop;
end
$$;

-- The owner of the database, its schemas, tables and functions. Nobody logs in as the owner.
alter role garita_owner nologin noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls;

-- Deploys: becomes the owner by an explicit `set role garita_owner`, never by accident (noinherit).
alter role garita_migrate login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
grant garita_owner to garita_migrate;

-- The pools of workers. The connection limit keeps one runaway pool from eating the server's connections.
alter role garita_gate login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls
    connection limit 40;
alter role garita_auth login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls
    connection limit 20;
alter role garita_app login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls
    connection limit 40;
-- Door terminals, which prove little of who they are: functions of their own, and no row.
alter role garita_device login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls
    connection limit 20;

-- Tells how the system is: two functions, no row. One worker, and whoever runs `garita status`.
alter role garita_status login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls
    connection limit 10;
alter role garita_status set statement_timeout = '500ms';
alter role garita_status set lock_timeout = '250ms';
alter role garita_status set search_path = 'pg_catalog';

-- Hands messages to doors and integrators: functions made for it, no row.
alter role garita_outbox login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls
    connection limit 20;
alter role garita_outbox set statement_timeout = '1s';
alter role garita_outbox set lock_timeout = '500ms';
alter role garita_outbox set idle_in_transaction_session_timeout = '5s';
alter role garita_outbox set synchronous_commit = 'on';
alter role garita_outbox set jit = off;
alter role garita_outbox set max_parallel_workers_per_gather = 0;
alter role garita_outbox set search_path = 'pg_catalog';

-- Who a request of the app pool acts as: api.begin_request chooses one of them inside the transaction.
alter role garita_admin nologin noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
alter role garita_guard nologin noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
alter role garita_resident nologin noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
grant garita_admin, garita_guard, garita_resident to garita_app;
-- An administrator makes accounts, and whatever hashes a password is the auth pool's.
grant garita_admin, garita_guard, garita_resident to garita_auth;

-- Timeouts nest: statement < worker < nginx < device. A gate answers within a second or says 503.
alter role garita_gate set statement_timeout = '1s';
alter role garita_gate set lock_timeout = '250ms';
alter role garita_gate set idle_in_transaction_session_timeout = '5s';
alter role garita_auth set statement_timeout = '3s';
alter role garita_auth set lock_timeout = '1s';
alter role garita_auth set idle_in_transaction_session_timeout = '5s';
alter role garita_app set statement_timeout = '3s';
alter role garita_app set lock_timeout = '1s';
alter role garita_app set idle_in_transaction_session_timeout = '5s';
alter role garita_device set statement_timeout = '3s';
alter role garita_device set lock_timeout = '1s';
alter role garita_device set idle_in_transaction_session_timeout = '5s';

-- A grant at a gate opens a real door: the answer may leave only when the row is safe on disk.
alter role garita_gate set synchronous_commit = 'on';
alter role garita_app set synchronous_commit = 'on';
alter role garita_device set synchronous_commit = 'on';

-- Compiling a plan takes a tenth of a second and more; no request of a pool runs that long.
alter role garita_gate set jit = off;
alter role garita_auth set jit = off;
alter role garita_app set jit = off;
alter role garita_device set jit = off;

-- Every request of a gate is of one kind: what is planned once, for any code, is never planned again.
alter role garita_gate set plan_cache_mode = 'force_generic_plan';

-- Many short requests run side by side: helpers for one of them are taken from the others.
alter role garita_gate set max_parallel_workers_per_gather = 0;
alter role garita_auth set max_parallel_workers_per_gather = 0;
alter role garita_app set max_parallel_workers_per_gather = 0;
alter role garita_device set max_parallel_workers_per_gather = 0;

-- Names are bound where functions and queries say so; a search path taken from the session could be poisoned.
alter role garita_gate set search_path = 'pg_catalog';
alter role garita_auth set search_path = 'pg_catalog';
alter role garita_app set search_path = 'pg_catalog';
alter role garita_device set search_path = 'pg_catalog';
