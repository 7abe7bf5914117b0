-- Which steps of a visit a guard and a resident may take by hand; the gate takes the others. Fires for their two roles
-- only (and for an approval by an administrator, to fill in who approved).
create or replace function garita.move_visit() returns trigger
language plpgsql
as $$
begin
    if current_user = 'garita_guard' and old.status = 'PENDING' and new.status = 'APPROVED' and new.resident_id is null
    then
        raise exception using errcode = 'GA400', hint = 'resident',
            message = 'A guard approves by the word of a resident: name the resident.';
    elsif current_user <> 'garita_admin'
        and not (old.status = 'PENDING' and new.status in ('APPROVED', 'DENIED'))
        and not (current_user = 'garita_resident' and old.status = 'APPROVED' and new.status = 'DENIED')
    then
        raise exception using errcode = 'GA409', hint = 'status',
            message = 'A visit cannot take this step by hand.';
    end if;

    if new.status = 'APPROVED' and (current_user <> 'garita_admin' or new.authorized_by is null) then
        new.authorized_by := garita.current_user_id();
    end if;
    return new;
end
$$;

comment on function garita.move_visit() is
    'A resident approves, refuses and cancels visits; a guard approves by a resident''s word or refuses. GA409 '
    'otherwise.';

create or replace trigger move_visit before update on garita.visitors for each row
    when (old.status <> new.status and current_user in ('garita_admin', 'garita_guard', 'garita_resident'))
    execute function garita.move_visit();
