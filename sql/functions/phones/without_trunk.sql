-- As libphonenumber: what is dialled inside the country goes, unless what is left were no number any more.
create or replace function garita.without_trunk(p_number text, p_plan garita.phone_plans) returns text
language plpgsql immutable
as $$
declare
    v_found text[] := regexp_match(p_number, '^(' || p_plan.trunk_prefix || ')');
    v_shape text := '^(?:' || p_plan.shape || ')$';
    v_bare text;
begin
    if p_plan.trunk_prefix = '' or v_found is null then
        return p_number;
    end if;
    -- The rule is about the last group of the prefix, where that takes part.
    if p_plan.trunk_rule is not null and cardinality(v_found) > 1 and v_found[cardinality(v_found)] is not null then
        v_bare := regexp_replace(p_number, '^(?:' || p_plan.trunk_prefix || ')', p_plan.trunk_rule);
    else
        v_bare := substr(p_number, length(v_found[1]) + 1);
    end if;
    return case when p_number ~ v_shape and v_bare !~ v_shape then p_number else v_bare end;
end
$$;

comment on function garita.without_trunk(text, garita.phone_plans) is
    'Digits of a number as they follow the calling code, without what is dialled before them inside the country.';
