-- What only a superuser can take away inside the database of Garita. Run in it, after it was made and after
-- sql/roles.sql; running it again changes nothing. `garita check` says when it is missing.

\set ON_ERROR_STOP on

-- PostgreSQL 14 lets everybody make tables there.
revoke create on schema public from public;

-- An expression smuggled into a statement could name another site, account or role with set_config(). A worker sends
-- one statement a message, so a smuggled `set` or `reset` is a syntax error: with this function closed to the roles of
-- requests, nothing inside a statement changes on whose behalf it runs. garita_app and garita_auth need it once, in
-- api.begin_request, before they become such a role; garita_migrate for commands and pg_dump.
revoke execute on function pg_catalog.set_config(text, text, boolean) from public;
grant execute on function pg_catalog.set_config(text, text, boolean)
    to garita_owner, garita_migrate, garita_app, garita_auth;

-- Codes and names travel as parameters, and appear in no log. For this database alone; other databases of the cluster keep
-- what postgresql.conf says.
do $$
begin
    execute format('alter database %I set log_parameter_max_length = 0', current_database());
    execute format('alter database %I set log_parameter_max_length_on_error = 0', current_database());
end
$$;
