create or replace function garita.keep_pass() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
declare
    v_visit garita.visitors;
begin
    if tg_op = 'DELETE' then
        delete from garita.credentials c where c.code_kind = 'temporary' and c.code_id = old.id;
        return null;
    end if;
    if tg_op = 'INSERT' or old.visitor_id <> new.visitor_id or old.sponsor_id is distinct from new.sponsor_id then
        select v.* into v_visit from garita.visitors v where v.id = new.visitor_id for share;
        perform garita.hold_originals(
            v_visit.unit_id, array[v_visit.resident_id, v_visit.sponsor_id, new.sponsor_id]);
    elsif old.is_active and not new.is_active and (
            old.code_tag, old.code_type, old.valid_from, old.valid_until, old.max_uses, old.is_retired,
            old.is_for_household, old.schedule_id)
        is not distinct from (
            new.code_tag, new.code_type, new.valid_from, new.valid_until, new.max_uses, new.is_retired,
            new.is_for_household, new.schedule_id)
    then
        -- A household that moves out ends all its passes, one by one.
        update garita.credentials c set is_revoked = true, is_plain = false, version = c.version + 1
        where c.code_kind = 'temporary' and c.code_id = new.id;
        return null;
    end if;
    perform garita.renew_credentials('temporary', array[new.id]);
    return null;
end
$$;

comment on function garita.keep_pass() is 'The credential of a visitor''s code follows the code.';

create or replace trigger keep_credential after insert or delete on garita.temporary_codes
    for each row execute function garita.keep_pass();
create or replace trigger keep_credential_update after update on garita.temporary_codes for each row
    when ((old.visitor_id, old.code_tag, old.code_type, old.valid_from, old.valid_until, old.max_uses, old.is_active,
            old.is_retired, old.is_for_household, old.schedule_id, old.sponsor_id)
        is distinct from (
            new.visitor_id, new.code_tag, new.code_type, new.valid_from, new.valid_until, new.max_uses, new.is_active,
            new.is_retired, new.is_for_household, new.schedule_id, new.sponsor_id))
    execute function garita.keep_pass();
