-- Only numbered versions: the table also has the checksum of the functions in force, under a word.
create or replace function api.ready() returns text
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select max(m.version) from garita.schema_migrations m where m.version ~ '^[0-9]'
$$;

comment on function api.ready() is 'The latest applied migration: proves that database and schema are there.';
grant execute on function api.ready() to garita_gate, garita_auth, garita_app, garita_device;
