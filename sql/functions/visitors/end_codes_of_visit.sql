-- As the owner: no role may write a visitor's code directly.
create or replace function garita.end_codes_of_visit() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    update garita.temporary_codes t set is_active = false, revoked_at = clock_timestamp()
    where t.visitor_id = new.id and t.is_active;
    return null;
end
$$;

comment on function garita.end_codes_of_visit() is
    'A visit refused or cancelled ends its codes, whichever way that was said; approving it later revives none.';

create or replace trigger end_codes_of_visit after update of status on garita.visitors for each row
    when (new.status = 'DENIED' and old.status <> 'DENIED') execute function garita.end_codes_of_visit();
