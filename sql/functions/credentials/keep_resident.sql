create or replace function garita.keep_resident() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
declare
    v_id bigint := coalesce(new.id, old.id);
begin
    -- Of a visitor's code nothing is the resident's name.
    if tg_op = 'UPDATE' and (old.unit_id, old.user_id, old.is_authorized, old.move_out_date)
        is not distinct from (new.unit_id, new.user_id, new.is_authorized, new.move_out_date)
    then
        update garita.credentials c
        set person_name = new.first_name || ' ' || new.last_name, person_document = new.document_id,
            person_phone = new.phone, version = c.version + 1
        from (
            select k.code_id from garita.access_codes a
            join garita.credentials k on k.code_kind = 'permanent' and k.code_id = a.id
            where a.resident_id = new.id
            order by k.code_id for no key update of k) held
        where c.code_kind = 'permanent' and c.code_id = held.code_id;
        return null;
    end if;

    -- In the order of garita.hold_originals: account, home, codes. Passes for a household are not written beside it.
    if tg_op = 'UPDATE' and new.user_id is distinct from old.user_id then
        perform from garita.users u where u.id = new.user_id for share;
    end if;
    perform from garita.units un where un.id in (old.unit_id, new.unit_id) order by un.id for no key update;
    -- Nothing rests on somebody new, but for what depends on the household.
    if tg_op <> 'INSERT' then
        perform garita.renew_credentials('permanent', array(
            select c.id from garita.access_codes c where c.resident_id = v_id));
    end if;
    perform garita.renew_credentials('temporary', garita.passes_of_households(array[old.unit_id, new.unit_id])
        || case when tg_op = 'INSERT' then '{}' else garita.passes_behind(v_id) end);
    return null;
end
$$;

comment on function garita.keep_resident() is 'The credentials that depend on a resident follow the row.';

create or replace trigger keep_credentials after insert or delete on garita.residents
    for each row execute function garita.keep_resident();
create or replace trigger keep_credentials_update after update on garita.residents for each row
    when ((old.first_name, old.last_name, old.document_id, old.phone, old.unit_id, old.user_id, old.is_authorized,
            old.move_out_date)
        is distinct from (
            new.first_name, new.last_name, new.document_id, new.phone, new.unit_id, new.user_id, new.is_authorized,
            new.move_out_date))
    execute function garita.keep_resident();
