create or replace function api.connect_terminal(p_serial text, p_address text, p_dialect text)
returns table (dialect text, registry_code text, session_code text, utc_offset_minutes integer)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
declare
    v_terminal garita.terminals := garita.find_terminal(p_serial, p_address);
    v_dialect text := coalesce(p_dialect, v_terminal.dialect, (
        select (d.door).settings ->> 'dialect' from garita.terminal_doors(p_serial) d order by (d.door).id limit 1),
        'security');
begin
    if v_dialect is distinct from v_terminal.dialect or v_terminal.paired_at is null then
        if v_terminal.pairing_until > clock_timestamp() is not true then
            raise exception using errcode = 'GA406',
                message = 'This terminal is not known here.', detail = 'Esta terminal no se conoce aquí.';
        elsif v_dialect = 'attendance' then
            -- That dialect knows no registration: the first call is it.
            update garita.terminals t
            set dialect = 'attendance', paired_at = clock_timestamp(), registry_code = null, session_code = null,
                token_tag = null
            where t.id = v_terminal.id
            returning t.* into v_terminal;
        else
            v_terminal.registry_code := null;
        end if;
    end if;
    perform garita.see_terminal(p_serial);
    -- After a restart of its own it has forgotten that it was to stay open.
    perform garita.queue_door((d.door).id, 'hold', null, null, null, 'the terminal connected during an emergency')
    from garita.terminal_doors(p_serial) d
    where garita.wants_open((d.door).site_id) and v_terminal.paired_at is not null and not exists (
        select from garita.outbox o
        where o.door_id = (d.door).id and o.kind = 'hold' and o.state in ('queued', 'sent'));
    return query
    select v_dialect, v_terminal.registry_code, v_terminal.session_code, garita.utc_offset_minutes(v_terminal.site_id);
end
$$;

comment on function api.connect_terminal(text, text, text) is
    'A terminal begins: its dialect, and its codes when it is registered. A null registry_code asks it to register. GA406 as '
    'garita.find_terminal, and for another dialect than it was paired with.';
grant execute on function api.connect_terminal(text, text, text) to garita_device;
