-- What is dialled before a number is not stored with it, so it is taken from a part of one, too. All of what is looked for
-- is an end of what was typed, so that the middle of a number, which may begin alike, is found as well.
create or replace function garita.phone_pattern(p_text text, p_country text) returns text
language plpgsql stable
as $$
declare
    c_shortest constant integer := 5;
    v_text text := garita.plain_phone(p_text);
    v_digits text := regexp_replace(v_text, '[^0-9]', '', 'g');
    v_is_whole boolean := v_text ~ '^[(]? ?[+]';
    v_read text;
    v_plan garita.phone_plans;
    v_code text := '';
    v_rest text;
begin
    -- A plus tells more than a digit.
    if v_text is null or length(v_digits) < c_shortest - v_is_whole::integer then
        return null;
    end if;
    v_read := garita.read_phone(p_text, p_country);
    if v_read is not null then
        -- Argentina: with and without the 9 of mobile numbers.
        return '%' || regexp_replace(regexp_replace(v_read, '^([+]54 9|[+][0-9]+) ', ''), '[^0-9]', '', 'g') || '%';
    end if;
    v_rest := regexp_replace(v_digits, case when v_is_whole then '^0+' else '^00' end, '');
    if v_is_whole or v_rest <> v_digits then
        select p.* into v_plan from garita.phone_plans p
        where p.place = 1 and p.calling_code = any (array[left(v_rest, 1), left(v_rest, 2), left(v_rest, 3)]);
        v_code := coalesce(v_plan.calling_code, '');
        v_rest := substr(v_rest, length(v_code) + 1);
    else
        select p.* into v_plan from garita.phone_plans p where p.country = p_country;
        if starts_with(v_digits, v_plan.calling_code) then
            v_rest := substr(v_digits, length(v_plan.calling_code) + 1);
            -- 52 1 55 1234; without what is dialled, the code is found as it stands.
            v_rest := case when garita.phone_part(v_rest, v_plan) = v_rest then v_digits else v_rest end;
        end if;
    end if;
    v_rest := v_code || garita.phone_part(v_rest, v_plan);
    return '%' || case when length(v_rest) < c_shortest - 1 or length(v_rest) < c_shortest and v_digits ~ '^[1-9]'
        then ltrim(v_digits, '0') else v_rest end || '%';
end
$$;

comment on function garita.phone_pattern(text, text) is
    'A pattern for the digits of a stored phone, from what somebody looks for: a whole number however it is typed, or a part '
    'of one; null for what is neither.';
