create or replace function garita.dial_phone(p_digits text, p_is_whole boolean, p_plan garita.phone_plans) returns text
language plpgsql stable
as $$
declare
    v_plan garita.phone_plans := p_plan;
    v_number text := p_digits;
    v_exit text := substring(p_digits from '^(' || nullif(p_plan.exit_prefix, '') || ')[1-9]');
    v_bare text;
begin
    if p_is_whole or v_exit is not null then
        v_number := substr(p_digits, case when p_is_whole then 1 else length(v_exit) + 1 end);
        if not starts_with(v_number, v_plan.calling_code) is true then
            select p.* into v_plan from garita.phone_plans p
            where p.place = 1 and p.calling_code = any (array[left(v_number, 1), left(v_number, 2), left(v_number, 3)]);
        end if;
        v_number := substr(v_number, length(v_plan.calling_code) + 1);
    elsif starts_with(v_number, v_plan.calling_code) then
        -- The calling code without its plus, when the number is none with it or is one only without it.
        v_bare := garita.without_trunk(substr(v_number, length(v_plan.calling_code) + 1), v_plan);
        if length(v_number) > all (v_plan.lengths)
            or v_number !~ ('^(?:' || v_plan.shape || ')$') and v_bare ~ ('^(?:' || v_plan.shape || ')$')
        then
            v_number := v_bare;
        end if;
    end if;
    if v_plan.country is null then
        return null;
    end if;
    v_bare := garita.without_trunk(v_number, v_plan);
    if length(v_bare) = any (v_plan.lengths) or length(v_bare) > all (v_plan.lengths) then
        v_number := v_bare;
    end if;
    return garita.format_phone(v_number, v_plan);
end
$$;

comment on function garita.dial_phone(text, boolean, garita.phone_plans) is
    'The number that these digits reach from a telephone of the country (null: any), whole ones with the calling code first; '
    'null for none. As libphonenumber reads it.';
