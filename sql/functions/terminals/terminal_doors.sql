create or replace function garita.terminal_doors(p_serial text)
returns table (door garita.doors, number text)
language sql stable
as $$
    select d, coalesce(nullif(d.settings ->> 'door', ''), '1')
    from garita.doors d
    join garita.terminals t on t.serial = p_serial and t.site_id = d.site_id
    where d.driver = 'zkteco' and d.is_active and d.settings ->> 'serial' = p_serial
$$;

comment on function garita.terminal_doors(text) is 'The doors in use of a terminal, and their numbers there: those of its own site. A door elsewhere that names the same serial '
    'has nothing to do with it.';
