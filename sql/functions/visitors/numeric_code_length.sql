create or replace function garita.numeric_code_length(p_site_id bigint, p_now timestamptz) returns integer
language plpgsql stable
as $$
declare
    v_live bigint;
begin
    -- Counting stops where the answer no longer changes.
    select count(*) into v_live from (
        (select from garita.temporary_codes t
         join garita.credentials k on k.code_kind = 'temporary' and k.code_id = t.id and k.times_used < k.max_uses
         where t.site_id = p_site_id and t.is_active and t.valid_until > p_now
            and t.code_type in ('NUMERIC', 'ALPHANUMERIC', 'OTP')
         limit 100000)
        union all
        (select from garita.access_codes c
         where c.site_id = p_site_id and c.is_active and c.code_type = 'PIN'
         limit 100000)) short_codes;
    return case
        when v_live < 10 then 6
        when v_live < 100 then 7
        when v_live < 1000 then 8
        when v_live < 10000 then 9
        when v_live < 100000 then 10
    end;
end
$$;

comment on function garita.numeric_code_length(bigint, timestamptz) is
    'Digits of the next numeric code: with it, at most 10 short codes live for 6 digits, 100 for 7, and so on to 100 000 '
    'for 10; null beyond. Keeps a day of guessing at a gate below one hit in a thousand.';
