-- As the owner, whoever ends the shift: the guard, or the next one.
create or replace function garita.keep_shift_figures() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    select count(*)::integer, coalesce(sum(1 + v.companions), 0)::integer into new.visits_inside, new.people_inside
    from garita.visits_inside i join garita.visitors v on v.id = i.visitor_id
    where i.site_id = new.site_id;
    select count(*)::integer into new.visits_waiting
    from garita.visitors v
    where v.site_id = new.site_id and v.expected_date between current_date - 1 and current_date and v.status = 'PENDING';
    return new;
end
$$;

comment on function garita.keep_shift_figures() is
    'Keeps with a shift that ends who is inside and who waits at that moment: later nobody could say.';

create or replace trigger keep_figures before update on garita.shifts
    for each row when (old.closed_at is null and new.closed_at is not null) execute function garita.keep_shift_figures();
