-- The first status of a visit (rules, "Life of a visit"). It depends on the role that inserts: functions of the owner set
-- what they insert, requests do not.
create or replace function garita.receive_visit() returns trigger
language plpgsql
as $$
declare
    v_own bigint;
begin
    if current_user = 'garita_resident' then
        perform garita.count_registration(new.unit_id);
        v_own := garita.resident_of(garita.current_user_id());
        new.status := case when garita.can_host(v_own, new.unit_id) then 'APPROVED' else 'PENDING' end;
        if new.status = 'APPROVED' and new.resident_id is not null then
            perform garita.require_host(new.resident_id, new.unit_id);
        end if;
        new.resident_id := coalesce(new.resident_id, v_own);
    elsif current_user = 'garita_guard' and not (new.status = 'APPROVED' and new.resident_id is not null) then
        -- A guard approves on behalf of a resident only, and names that resident.
        new.status := 'PENDING';
    end if;

    if current_user not in ('garita_admin', 'garita_guard', 'garita_resident') then
        new.sponsor_id := coalesce(new.sponsor_id, garita.resident_of(new.authorized_by));
    elsif new.status = 'APPROVED' then
        select w.host_id, w.sponsor_id into new.resident_id, new.sponsor_id
        from garita.give_word(new.unit_id, new.resident_id) w;
    end if;
    if new.status in ('APPROVED', 'CHECKED_IN', 'CHECKED_OUT') then
        new.authorized_by := coalesce(new.authorized_by, garita.current_user_id());
    end if;
    return new;
end
$$;

comment on function garita.receive_visit() is
    'Sets the first status of a visit: APPROVED by a resident who is authorised, PENDING by a guard unless a resident '
    'who approves is named, as posted by an administrator; fills in host, sponsor and who approved.';

create or replace trigger receive_visit before insert on garita.visitors
    for each row execute function garita.receive_visit();
