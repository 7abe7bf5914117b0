create or replace function garita.phone_part(p_digits text, p_plan garita.phone_plans) returns text
language plpgsql immutable
as $$
begin
    return case
        when p_plan.country is null then ltrim(p_digits, '0')
        when p_plan.former_prefix <> '' and starts_with(p_digits, p_plan.former_prefix)
            then substr(p_digits, length(p_plan.former_prefix) + 1)
        -- Argentina: 15 before a mobile number of the same place.
        when p_plan.country = 'AR' and p_digits ~ '^0?15' then regexp_replace(p_digits, '^0?15', '')
        -- Where nothing is dialled before numbers, Italy, they may begin with 0.
        when p_plan.trunk_prefix = '' then p_digits
        else ltrim(garita.without_trunk(p_digits, p_plan), '0')
    end;
end
$$;

comment on function garita.phone_part(text, garita.phone_plans) is
    'The first digits of a number, or any of it, without what is dialled before it inside the country.';
