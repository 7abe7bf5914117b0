-- As the owner: no role reads the numbering plans. The arguments are the columns that hold phones.
create or replace function garita.write_phones() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
declare
    c_made constant text[] := array['updated_at', 'search_text'];
    v_country text := (select s.country from garita.sites s where s.id = new.site_id);
    v_old jsonb := coalesce(to_jsonb(old), '{}');
    v_new jsonb := to_jsonb(new);
    v_styled jsonb := '{}';
    v_column text;
    v_text text;
    v_read text;
begin
    foreach v_column in array tg_argv loop
        v_text := v_new ->> v_column;
        continue when v_text = '';
        v_read := garita.read_phone(v_text, v_country);
        if v_read is distinct from v_text and v_read is not null then
            v_styled := v_styled || jsonb_build_object(v_column, v_read);
        end if;
        continue when v_read is not null or v_text is not distinct from v_old ->> v_column or tg_table_name = 'users'
            or length(regexp_replace(v_text, '[^0-9]', '', 'g')) between 10 and 15;
        if tg_table_name = 'visitors' and garita.current_user_id() is null then
            -- What its domain leaves open; residents have a check of their own.
            raise exception using errcode = 'check_violation', constraint = 'visitors_phone_format',
                message = 'a visitor''s phone is no number';
        elsif garita.current_user_id() is not null then
            raise exception using errcode = 'GA400', hint = v_column,
                message = 'This is no phone number. Write it whole, with + and the country code in front.',
                detail = 'No es un número de teléfono. Escríbalo completo, con + y el código de país al principio.';
        end if;
    end loop;
    if v_styled = '{}' then
        return new;
    end if;
    new := jsonb_populate_record(new, v_styled);
    -- Written otherwise and by nobody: who has read the row has read the same.
    if v_new - c_made = v_old - c_made then
        new.updated_at := old.updated_at;
    end if;
    return new;
end
$$;

comment on function garita.write_phones() is
    'Writes phones in one style (garita.read_phone). What is none stays as it was typed, and is refused (GA400) where a '
    'request brings fewer than 10 or more than 15 digits; an account takes any text, as in the legacy system.';

create or replace trigger write_phones before insert or update of phone on garita.users
    for each row execute function garita.write_phones('phone');
create or replace trigger write_phones before insert or update of owner_phone on garita.units
    for each row execute function garita.write_phones('owner_phone');
create or replace trigger write_phones before insert or update of phone, emergency_contact_phone on garita.residents
    for each row execute function garita.write_phones('phone', 'emergency_contact_phone');
create or replace trigger write_phones before insert or update of phone on garita.visitors
    for each row execute function garita.write_phones('phone');
