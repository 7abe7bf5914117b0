-- How a visit is born (rules, "Life of a visit"). It looks at the role that inserts: functions of the owner and
-- administrators are believed, doors are not.
create or replace function garita.receive_visit() returns trigger
language plpgsql
as $$
begin
    if current_user = 'garita_resident' then
        new.status := 'APPROVED';
    elsif current_user = 'garita_guard' and not (new.status = 'APPROVED' and new.resident_id is not null) then
        -- A guard approves by a resident's word only, and names that resident.
        new.status := 'PENDING';
    end if;

    if current_user in ('garita_guard', 'garita_resident') then
        new.authorized_by := case when new.status = 'APPROVED' then garita.current_user_id() end;
    elsif new.status in ('APPROVED', 'CHECKED_IN', 'CHECKED_OUT') then
        new.authorized_by := coalesce(new.authorized_by, garita.current_user_id());
    end if;
    return new;
end
$$;

comment on function garita.receive_visit() is
    'A resident''s visit is born APPROVED, a guard''s PENDING unless a resident''s word is recorded, an '
    'administrator''s as posted; whoever approved is filled in.';

create or replace trigger receive_visit before insert on garita.visitors
    for each row execute function garita.receive_visit();
