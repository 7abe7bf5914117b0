-- By itself, because a gate writes it at every first entry and last exit, and nothing else then.
create or replace function garita.keep_visit_status() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    if new.status in ('CHECKED_IN', 'CHECKED_OUT') and old.status in ('APPROVED', 'CHECKED_IN', 'CHECKED_OUT') then
        -- In the order of garita.renew_credentials: two that write several codes of a visit must not wait for each other.
        update garita.credentials c set visit_status = new.status, version = c.version + 1
        from (
            select k.code_id from garita.temporary_codes t
            join garita.credentials k on k.code_kind = 'temporary' and k.code_id = t.id
            where t.visitor_id = new.id and k.visit_status <> new.status
            order by k.code_id for no key update of k) held
        where c.code_kind = 'temporary' and c.code_id = held.code_id;
    else
        perform garita.renew_credentials('temporary', array(
            select t.id from garita.temporary_codes t where t.visitor_id = new.id));
    end if;
    return null;
end
$$;

comment on function garita.keep_visit_status() is 'The credentials of a visit know its status.';

create or replace trigger keep_status after update on garita.visitors for each row
    when (old.status <> new.status) execute function garita.keep_visit_status();
