create or replace function garita.retire_numbers() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    update garita.temporary_codes t set is_retired = true
    where t.site_id = new.site_id and t.code_tag = new.code_tag and not t.is_retired
        and (not t.is_active or garita.is_used_up(t.id));
    return new;
end
$$;

comment on function garita.retire_numbers() is
    'Retires dead codes whose number a new code has. A live one keeps it, and the unique index refuses the new code.';

create or replace trigger retire_numbers before insert on garita.temporary_codes
    for each row execute function garita.retire_numbers();
