-- As the owner: no role may read the salt or write the author.
create or replace function garita.normalize_blocklist() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
declare
    v_salt bytea;
    v_country text;
begin
    select s.blocklist_salt, s.country into v_salt, v_country from garita.sites s where s.id = new.site_id;
    if tg_op = 'INSERT' then
        new.author := coalesce(garita.current_user_id(), new.author);
        update garita.sites s set has_blocklist = true where s.id = new.site_id and not s.has_blocklist;
    end if;
    new.display := case when new.kind in ('name', 'plate') then btrim(new.value) else '' end;
    new.near_matches := coalesce(garita.near_matches(new.kind, new.value), '{}');
    if new.kind = 'phone' then
        new.value := '+' || regexp_replace(garita.read_phone(new.value, v_country), '[^0-9]', '', 'g');
        if new.value is null then
            raise exception using errcode = 'GA400', hint = 'value',
                message = 'This is no phone number that can be compared. Write it whole, with + and the country code in '
                    'front, such as +52 55 1234 5678.',
                detail = 'No es un número de teléfono que se pueda comparar. Escríbalo completo, con + y el código de país '
                    'al principio, como +52 55 1234 5678.';
        end if;
    end if;
    new.value := garita.blocklist_value(new.kind, new.value, v_salt);
    if new.value is null or new.value = '' then
        raise exception using errcode = 'GA400', hint = 'value',
            message = 'Nothing in it can be compared.',
            detail = 'No contiene nada que se pueda comparar.';
    end if;
    return new;
end
$$;

comment on function garita.normalize_blocklist() is
    'Turns the value of an entry from what was written into what is compared, and fills in the author. A phone is the '
    'number that garita.read_phone reads.';

create or replace trigger normalize_blocklist before insert or update of kind, value on garita.blocklist
    for each row execute function garita.normalize_blocklist();
