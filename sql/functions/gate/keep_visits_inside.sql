-- As the owner, who alone writes the table.
create or replace function garita.keep_visits_inside() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    if tg_op <> 'DELETE' and new.status = 'CHECKED_IN' then
        insert into garita.visits_inside (site_id, visitor_id) values (new.site_id, new.id) on conflict do nothing;
    else
        delete from garita.visits_inside i where i.site_id = old.site_id and i.visitor_id = old.id;
    end if;
    return null;
end
$$;

comment on function garita.keep_visits_inside() is 'A visit that is CHECKED_IN is in visits_inside, another one is not.';

create or replace trigger keep_inside after insert on garita.visitors
    for each row when (new.status = 'CHECKED_IN') execute function garita.keep_visits_inside();
create or replace trigger keep_inside_update after update on garita.visitors
    for each row when (old.status <> new.status and 'CHECKED_IN' in (old.status, new.status))
    execute function garita.keep_visits_inside();
create or replace trigger keep_inside_delete after delete on garita.visitors
    for each row when (old.status = 'CHECKED_IN') execute function garita.keep_visits_inside();
