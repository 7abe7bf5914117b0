create or replace function garita.advance_identities() returns void
language plpgsql volatile
as $$
declare
    v_table text;
begin
    foreach v_table in array array[
        'users', 'buildings', 'units', 'residents', 'visitors', 'temporary_codes', 'access_points', 'access_codes',
        'access_logs']
    loop
        -- Forward only: a number that was given once is not given again.
        execute format(
            'select setval(s.name, m.last) from pg_get_serial_sequence(%1$L, ''id'') s (name), '
            '(select max(t.id) as last from garita.%2$I t) m where m.last > coalesce(pg_sequence_last_value(s.name), 0)',
            'garita.' || v_table, v_table);
    end loop;
end
$$;

comment on function garita.advance_identities() is 'Moves the identity sequences beyond the ids that an import wrote.';
