-- The one place that reads a phone: whoever writes, compares or searches one asks here.
create or replace function garita.read_phone(p_text text, p_country text) returns text
language plpgsql stable
as $$
declare
    v_text text := garita.plain_phone(p_text);
    v_digits text := regexp_replace(v_text, '[^0-9]', '', 'g');
    v_is_whole boolean := v_text ~ '^[(]? ?[+]';
    v_plan garita.phone_plans;
begin
    -- A letter, an extension or a second number makes it a text of its own.
    if v_text is null or length(v_digits) not between 4 and 20 then
        return null;
    end if;
    select p.* into v_plan from garita.phone_plans p where p.country = p_country;
    return coalesce(
        garita.dial_phone(v_digits, v_is_whole, v_plan),
        -- The exit codes that people know best, also where another one is dialled.
        case when not v_is_whole and v_digits ~ '^00' then garita.dial_phone(substr(v_digits, 3), true, v_plan) end,
        case when not v_is_whole and v_digits ~ '^011' then garita.dial_phone(substr(v_digits, 4), true, v_plan) end,
        case when not v_is_whole and v_plan.former_prefix <> '' and starts_with(v_digits, v_plan.former_prefix)
            then garita.dial_phone(substr(v_digits, length(v_plan.former_prefix) + 1), false, v_plan) end);
end
$$;

comment on function garita.read_phone(text, text) is
    'A phone in the one style that is kept, +52 55 1234 5678; null for what is no number that somebody can have. A number '
    'without a calling code is one of the country, blank for none.';

-- As the owner: no role reads the numbering plans.
create or replace function api.read_phone(p_text text) returns text
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select garita.read_phone(p_text, (select s.country from garita.sites s where s.id = garita.current_site_id()))
$$;

comment on function api.read_phone(text) is 'A phone in the one style that is kept, by the country of the caller''s site.';
grant execute on function api.read_phone(text) to garita_admin, garita_guard, garita_resident;
