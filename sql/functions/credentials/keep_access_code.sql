create or replace function garita.keep_access_code() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    if tg_op = 'DELETE' then
        delete from garita.credentials c where c.code_kind = 'permanent' and c.code_id = old.id;
    elsif tg_op = 'INSERT' or old.resident_id <> new.resident_id then
        perform garita.hold_originals(
            (select r.unit_id from garita.residents r where r.id = new.resident_id), array[new.resident_id]);
    end if;
    -- A spent pass may have the number: it goes first, and gets it back when the permanent code goes.
    if tg_op <> 'UPDATE' or old.code_tag <> new.code_tag then
        perform garita.renew_credentials('temporary', array(
            select t.id from garita.temporary_codes t
            where t.site_id = coalesce(new.site_id, old.site_id) and t.code_tag in (old.code_tag, new.code_tag)));
    end if;
    if tg_op <> 'DELETE' then
        perform garita.renew_credentials('permanent', array[new.id]);
    end if;
    return null;
end
$$;

comment on function garita.keep_access_code() is 'The credential of a resident''s code follows the code.';

create or replace trigger keep_credential after insert or delete on garita.access_codes
    for each row execute function garita.keep_access_code();
create or replace trigger keep_credential_update after update on garita.access_codes for each row
    when ((old.resident_id, old.code_tag, old.code_type, old.is_active, old.expiry_date, old.schedule_id)
        is distinct from (new.resident_id, new.code_tag, new.code_type, new.is_active, new.expiry_date, new.schedule_id))
    execute function garita.keep_access_code();
