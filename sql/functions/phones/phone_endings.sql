-- Who writes a blocked number so that it cannot be read must not pass: what stands before it is let alone. A whole number is
-- looked for at the end of the digits, then a number of the country, then the ways in which numbers were written in former
-- years.
create or replace function garita.phone_endings(p_digits text, p_country text) returns text[]
language plpgsql stable
as $$
begin
    return (
        with plans as (
            select distinct p.calling_code, n as digits
            from garita.phone_plans p cross join unnest(p.lengths) n
            where p.country = p_country or coalesce(p_country, '') = ''
        ), numbers (calling_code, number) as (
            select '', right(p_digits, n) from generate_series(7, least(length(p_digits), 15)) n
            union all
            select p.calling_code, right(p_digits, p.digits) from plans p where p.digits <= length(p_digits)
            union all
            -- Argentina: 11 15 1234-5678, and in Buenos Aires 15 1234-5678.
            select p.calling_code, garita.without_trunk(right(l.digits, 12), p)
            from garita.phone_plans p cross join (values (p_digits), ('11' || right(p_digits, 10))) l (digits)
            where p.country = 'AR' and (p_country = 'AR' or coalesce(p_country, '') = '')
            union all
            -- Colombia: 1 234 5678 is 601 234 5678 since 2022. Brazil: 11 8123-4567 is 11 98123-4567 since 2016.
            select f.calling_code, f.number
            from (values
                ('57', 8, '60' || right(p_digits, 8)),
                ('55', 10, overlay(right(p_digits, 10) placing '9' from 3 for 0))) f (calling_code, digits, number)
            where length(p_digits) >= f.digits and f.calling_code in (select p.calling_code from plans p)
        )
        select array_agg(distinct '+' || n.calling_code || n.number) from numbers n);
end
$$;

comment on function garita.phone_endings(text, text) is
    'The numbers, as +525512345678, with which digits may end that are no number as a whole: of the country, of any country '
    'where it is blank.';
