create or replace function api.greet_terminal(p_serial text, p_address text, p_token_tag bytea)
returns table (session_code text, utc_offset_minutes integer)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
declare
    v_terminal garita.terminals := garita.require_terminal(p_serial, p_address, p_token_tag);
begin
    return query select coalesce(v_terminal.session_code, ''), garita.utc_offset_minutes(v_terminal.site_id);
end
$$;

comment on function api.greet_terminal(text, text, bytea) is
    'A terminal is there. GA406 as garita.require_terminal.';
grant execute on function api.greet_terminal(text, text, bytea) to garita_device;
