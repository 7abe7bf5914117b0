-- Who tells how the system is calls two functions and reads no row.

do $$
begin
    execute format('grant connect on database %I to garita_status', current_database());
end
$$;
-- An operator's commands may ask the same as their own role.
grant usage on schema api to garita_status, garita_migrate;
