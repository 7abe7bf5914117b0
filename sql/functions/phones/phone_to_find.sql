-- As the owner: no role reads the numbering plans.
create or replace function api.phone_to_find(p_text text) returns text
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
declare
    c_shortest constant integer := 5;
    v_digits text := regexp_replace(p_text, '[^0-9]', '', 'g');
    v_read text;
begin
    if p_text !~ '^[-+0-9 ().]+$' or length(v_digits) < c_shortest then
        return null;
    end if;
    v_read := api.read_phone(p_text);
    return '%' || coalesce(
        regexp_replace(substr(v_read, strpos(v_read, ' ')), '[^0-9]', '', 'g'), nullif(ltrim(v_digits, '0'), '')) || '%';
end
$$;

comment on function api.phone_to_find(text) is
    'A pattern for the digits of a stored phone, from what somebody looks for: a whole number however it is typed, or a part '
    'of one; null for what is neither.';
grant execute on function api.phone_to_find(text) to garita_admin, garita_guard, garita_resident;
