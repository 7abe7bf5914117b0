-- As the owner: residents may write no residents but what they say of themselves. The home is locked, so that those added at
-- once are counted one after another.
create or replace function api.add_household_member(
    p_first_name text, p_last_name text, p_phone text, p_document_id text default '') returns bigint
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    c_of_home constant integer := 20;
    v_host garita.residents := garita.require_head_of_household();
    v_id bigint;
begin
    perform from garita.units u where u.id = v_host.unit_id for no key update;
    if c_of_home <= (
        select count(*) from garita.residents r
        where r.unit_id = v_host.unit_id and garita.resides(r.move_out_date))
    then
        raise exception using errcode = 'GA409', hint = 'too_many_residents',
            message = 'Twenty people live in your home already: the administration adds more.',
            detail = 'En su casa ya viven veinte personas: para agregar más, acuda a la administración.';
    end if;
    insert into garita.residents (
        site_id, unit_id, first_name, last_name, phone, document_id, resident_type, move_in_date)
    values (
        garita.current_site_id(), v_host.unit_id, p_first_name, p_last_name, p_phone, p_document_id, 'FAMILY',
        current_date)
    returning id into v_id;
    return garita.set_saved_id(v_id);
end
$$;

comment on function api.add_household_member(text, text, text, text) is
    'Adds somebody of the family to the caller''s own home. GA409 unless the caller is an owner or tenant who is authorised, '
    'and beyond twenty people, GA400 for what the site demands of residents.';
grant execute on function api.add_household_member(text, text, text, text) to garita_resident;
