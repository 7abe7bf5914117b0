create or replace function garita.format_phone(p_number text, p_plan garita.phone_plans) returns text
language plpgsql stable
as $$
declare
    -- What the columns of phones hold.
    c_longest constant integer := 20;
    v_formats jsonb := p_plan.formats;
    v_style text := p_number;
begin
    if not (p_number ~ ('^(?:' || p_plan.shape || ')$') and p_number ~ ('^(?:' || p_plan.numbers || ')$'))
        and not exists (
            select from garita.phone_plans p
            where p.calling_code = p_plan.calling_code and p.country <> p_plan.country
                and p_number ~ ('^(?:' || p.shape || ')$') and p_number ~ ('^(?:' || p.numbers || ')$'))
    then
        return null;
    end if;
    if p_plan.place <> 1 then
        select p.formats into v_formats from garita.phone_plans p
        where p.calling_code = p_plan.calling_code and p.place = 1;
    end if;
    -- One after the other: PostgreSQL keeps few patterns at hand, and the first formats are those of most numbers.
    for v_place in 0 .. jsonb_array_length(v_formats) - 1 loop
        if p_number ~ ('^(?:' || (v_formats -> v_place ->> 1) || ')')
            and p_number ~ ('^(?:' || (v_formats -> v_place ->> 0) || ')$')
        then
            v_style := regexp_replace(
                p_number, '^(?:' || (v_formats -> v_place ->> 0) || ')$', v_formats -> v_place ->> 2);
            exit;
        end if;
    end loop;
    v_style := '+' || p_plan.calling_code || ' ' || regexp_replace(v_style, '[^0-9 ()-]', ' ', 'g');
    return case when length(v_style) <= c_longest then v_style else '+' || p_plan.calling_code || ' ' || p_number end;
end
$$;

comment on function garita.format_phone(text, garita.phone_plans) is
    'The number behind a calling code as people of other countries read it, +52 55 1234 5678; null when nobody can have it.';
