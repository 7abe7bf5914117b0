create or replace function garita.terminal_doors(p_serial text)
returns table (door garita.doors, number text)
language sql stable
as $$
    select d, coalesce(nullif(d.settings ->> 'door', ''), '1')
    from garita.doors d
    where d.driver = 'zkteco' and d.is_active and d.settings ->> 'serial' = p_serial
$$;

comment on function garita.terminal_doors(text) is 'The doors in use of a terminal, of whatever site, and their numbers there.';
