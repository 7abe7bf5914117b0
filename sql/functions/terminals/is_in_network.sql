create or replace function garita.is_in_network(p_address text, p_network text) returns boolean
language plpgsql immutable
as $$
begin
    return p_address::inet <<= p_network::inet;
exception
    when invalid_text_representation then
        return false;
end
$$;

comment on function garita.is_in_network(text, text) is
    'Whether an address is in a network (192.168.40.0/24) or is it; false for what is neither.';
