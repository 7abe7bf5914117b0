-- With the caller's rights: the name of a unit that the caller may not see is null.
create or replace function garita.unit_display(p_unit_id bigint) returns text
language sql stable
as $$
    select b.code || '-' || un.number
    from garita.units un join garita.buildings b on b.id = un.building_id
    where un.id = p_unit_id
$$;

comment on function garita.unit_display(bigint) is 'A unit as people say it: A-101.';
grant execute on function garita.unit_display(bigint) to garita_admin, garita_guard, garita_resident;
