-- As the owner: no role may read the salt or write the author.
create or replace function garita.normalize_blocklist() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    if tg_op = 'INSERT' then
        new.author := coalesce(garita.current_user_id(), new.author);
        update garita.sites s set has_blocklist = true where s.id = new.site_id and not s.has_blocklist;
    end if;
    new.display := case when new.kind in ('name', 'plate') then btrim(new.value) else '' end;
    new.near_matches := coalesce(garita.near_matches(new.kind, new.value), '{}');
    new.value := garita.blocklist_value(
        new.kind, new.value, (select s.blocklist_salt from garita.sites s where s.id = new.site_id));
    if new.value is null or new.value = '' then
        raise exception using errcode = 'GA400', hint = 'value',
            message = 'Nothing in it can be compared.',
            detail = 'No contiene nada que se pueda comparar.';
    end if;
    return new;
end
$$;

comment on function garita.normalize_blocklist() is
    'Turns the value of an entry from what was written into what is compared, and fills in the author.';

create or replace trigger normalize_blocklist before insert or update of kind, value on garita.blocklist
    for each row execute function garita.normalize_blocklist();
