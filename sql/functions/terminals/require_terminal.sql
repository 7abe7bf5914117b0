create or replace function garita.require_terminal(p_serial text, p_address text, p_token_tag bytea)
returns garita.terminals
language plpgsql volatile
as $$
declare
    v_terminal garita.terminals := garita.find_terminal(p_serial, p_address);
begin
    if v_terminal.paired_at is null or v_terminal.token_tag <> p_token_tag then
        raise exception using errcode = 'GA406',
            message = 'This terminal is not known here.', detail = 'Esta terminal no se conoce aquí.';
    elsif v_terminal.token_tag is null and p_token_tag <> '' then
        update garita.terminals t set token_tag = p_token_tag where t.id = v_terminal.id and t.token_tag is null;
    end if;
    perform garita.see_terminal(p_serial);
    return v_terminal;
end
$$;

comment on function garita.require_terminal(text, text, bytea) is
    'A terminal after registration. Its first token is kept, and every other one refused. GA406 as garita.find_terminal.';
