-- Which of the conditions fails is told nobody. A status other than 200 is part of the protocol: after a 200 some firmware
-- takes itself for registered, and never sends anything again.
create or replace function garita.find_terminal(p_serial text, p_address text) returns garita.terminals
language plpgsql stable
as $$
declare
    v_terminal garita.terminals;
begin
    select t.* into v_terminal
    from garita.terminals t
    join garita.sites s on s.id = t.site_id and s.is_active
    where t.serial = p_serial and exists (
        select from garita.terminal_doors(p_serial) d
        where garita.is_in_network(p_address, (d.door).settings ->> 'network'));
    if not found or v_terminal.paired_at is null and v_terminal.pairing_until > clock_timestamp() is not true then
        raise exception using errcode = 'GA406',
            message = 'This terminal is not known here.', detail = 'Esta terminal no se conoce aquí.';
    end if;
    return v_terminal;
end
$$;

comment on function garita.find_terminal(text, text) is
    'The terminal that calls from a network of one of its doors. GA406 for one that is neither paired nor waited for, has no '
    'door in use, or calls from elsewhere.';
