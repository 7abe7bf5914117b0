-- Locks go one way: code, visit, resident, account, home, building, credential.
create or replace function garita.hold_originals(p_unit_id bigint, p_resident_ids bigint[]) returns void
language plpgsql volatile
as $$
begin
    perform from garita.residents r where r.id = any (p_resident_ids) order by r.id for share;
    perform from garita.users u
    where u.id in (select r.user_id from garita.residents r where r.id = any (p_resident_ids)) order by u.id for share;
    perform from garita.units un where un.id = p_unit_id for share;
    perform from garita.buildings b
    where b.id = (select un.building_id from garita.units un where un.id = p_unit_id) for share;
end
$$;

comment on function garita.hold_originals(bigint, bigint[]) is
    'For a code that begins to depend on a home and on residents: whoever changes one of them meanwhile comes before, and '
    'is seen, or after, and sees the code.';
