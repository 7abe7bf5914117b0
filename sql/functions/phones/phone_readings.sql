-- Entries of the block list are tags, and those of before are tags of what was typed then: its last ten digits. So a number is
-- compared under each of the ways in which it may have been typed.
create or replace function garita.phone_readings(p_text text, p_country text) returns text[]
language plpgsql stable
as $$
declare
    v_read text := garita.read_phone(p_text, p_country);
    v_digits text := regexp_replace(coalesce(v_read, garita.plain_phone(p_text), p_text), '[^0-9]', '', 'g');
    v_national text := regexp_replace(substr(v_read, strpos(v_read, ' ')), '[^0-9]', '', 'g');
    v_numbers text[] := array['+' || v_digits];
    v_number text;
begin
    if coalesce(v_digits, '') = '' then
        return array[]::text[];
    elsif v_read is null then
        v_numbers := coalesce(garita.phone_endings(v_digits, p_country), array[]::text[]);
    end if;
    -- Argentina: a mobile number has a 9 before it only when it is dialled from abroad, and many leave it out.
    foreach v_number in array v_numbers loop
        if v_number ~ '^[+]54(9?[0-9]{10})$' then
            v_numbers := v_numbers || ('+54' || right(v_number, 10)) || ('+549' || right(v_number, 10));
        end if;
    end loop;
    return array_remove(v_numbers || array[
        right(v_digits, 10), right(v_national, 10), right('0' || v_national, 10),
        -- Argentina: 9 11 1234-5678 from abroad is 011 15 1234-5678 at home.
        right(regexp_replace(
            regexp_replace(substring(v_read from '^[+]54 9 ([0-9]+ .*)$'), ' ', '15'), '[^0-9]', '', 'g'), 10)
    ], null);
end
$$;

comment on function garita.phone_readings(text, text) is
    'What a phone of a person is compared as with the block list: +525512345678 if it can be read, else each number with which '
    'it ends; then the readings that entries of before were made of.';
