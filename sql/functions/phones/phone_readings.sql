-- Entries of the block list are tags, and those of before are tags of what was typed then: its last ten digits. So a number is
-- compared under each of the ways in which it may have been typed.
create or replace function garita.phone_readings(p_text text, p_country text) returns text[]
language plpgsql stable
as $$
declare
    v_read text := case when p_text ~ '^[+][0-9]+ ' then p_text else garita.read_phone(p_text, p_country) end;
    v_digits text := regexp_replace(coalesce(v_read, p_text), '[^0-9]', '', 'g');
    v_national text := regexp_replace(substr(v_read, strpos(v_read, ' ')), '[^0-9]', '', 'g');
begin
    return array_remove(array[
        '+' || case when v_read is not null then v_digits end, right(v_digits, 10), right(v_national, 10),
        right('0' || v_national, 10),
        -- Argentina: 9 11 1234-5678 from abroad is 011 15 1234-5678 at home.
        right(regexp_replace(
            regexp_replace(substring(v_read from '^[+]54 9 ([0-9]+ .*)$'), ' ', '15'), '[^0-9]', '', 'g'), 10)
    ], null);
end
$$;

comment on function garita.phone_readings(text, text) is
    'What a phone of a person is compared as with the block list: +525512345678 first, if it can be read, then the readings '
    'that entries of before were made of.';
