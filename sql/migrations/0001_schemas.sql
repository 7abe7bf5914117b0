-- Rights of the database, schemas, extensions, and the two functions that column defaults and indexes are built on.
-- Migrations run as garita_owner, in order, once, each in one transaction made by the runner.

-- Nothing belongs to everybody: PUBLIC may not connect and may not make temporary tables (a temporary table in front
-- of a definer function's search path has taken over a password check in an experiment).
do $$
begin
    execute format('revoke all on database %I from public', current_database());
    execute format(
        'grant connect on database %I to garita_migrate, garita_gate, garita_auth, garita_app', current_database());
end
$$;
-- Functions are executable by whom a `grant` names, never by everybody. Without "in schema", or it has no effect.
alter default privileges revoke execute on functions from public;
create schema if not exists garita;
comment on schema garita is
    'Tables and the inner functions of Garita. Workers reach it only through roles and policies.';
create schema if not exists api;
comment on schema api is 'What workers call: one function per operation. The gate and auth pools may call nothing else.';
grant usage on schema api to garita_gate, garita_auth, garita_app, garita_admin, garita_guard, garita_resident;
-- The auth pool acts as the administrator who creates an account: it calls what api.begin_request calls.
grant usage on schema garita to garita_auth, garita_app, garita_admin, garita_guard, garita_resident;
-- The runner makes this table before the first migration; it is repeated here so that the files show the whole schema.
create table if not exists garita.schema_migrations (
    version text primary key,
    checksum text not null,
    applied_at timestamptz not null default clock_timestamp()
);
comment on table garita.schema_migrations is 'Which migrations have run, with the checksum of the file that ran.';
create extension if not exists unaccent with schema garita;
create extension if not exists pg_trgm with schema garita;
-- Column defaults and indexes depend on the next two functions, so their meaning may not change by a mere reload of
-- sql/functions: a change is a migration, and for fold() a reindex.

create function garita.current_site_id() returns bigint
language sql stable parallel safe
return nullif(current_setting('garita.site_id', true), '')::bigint;
comment on function garita.current_site_id() is
    'Site of the current request, null outside of one: the default of every site_id.';
grant execute on function garita.current_site_id() to garita_admin, garita_guard, garita_resident;
create function garita.fold(p_text text) returns text
language sql immutable strict parallel safe
return lower(garita.unaccent('garita.unaccent'::regdictionary, p_text));
comment on function garita.fold(text) is
    'Text as searches compare it: lower case without accents. Immutable, because it names its dictionary.';
grant execute on function garita.fold(text) to garita_admin, garita_guard, garita_resident;
