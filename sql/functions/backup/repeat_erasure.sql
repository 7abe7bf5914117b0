-- A row that others need can be deleted once those are gone: the caller tries again after the rest.
create or replace function garita.repeat_erasure(p_kind text, p_table text, p_id bigint) returns text
language plpgsql volatile
as $$
declare
    v_rows integer := 0;
begin
    case p_kind || ' ' || p_table
        when 'ERASE visitors' then
            perform garita.erase_visitor(v.id) from garita.visitors v
            where v.id = p_id and v.first_name || v.last_name <> '——';
        when 'END users' then update garita.users u set is_active = false where u.id = p_id and u.is_active;
        when 'END residents' then
            update garita.residents r set is_authorized = false where r.id = p_id and r.is_authorized;
        when 'END access_codes' then
            update garita.access_codes c set is_active = false where c.id = p_id and c.is_active;
        when 'END devices' then
            update garita.devices d set is_active = false, revoked_at = coalesce(d.revoked_at, clock_timestamp())
            where d.id = p_id and d.is_active;
        when 'END temporary_codes' then
            update garita.temporary_codes t
            set is_active = false, revoked_at = coalesce(t.revoked_at, clock_timestamp())
            where t.id = p_id and t.revoked_at is null;
        when 'DELETE visitors' then
            perform garita.erase_visitor(v.id) from garita.visitors v where v.id = p_id;
            delete from garita.visitors v where v.id = p_id;
        when 'DELETE residents' then delete from garita.residents r where r.id = p_id;
        when 'DELETE users' then delete from garita.users u where u.id = p_id;
        when 'DELETE vehicles' then delete from garita.vehicles v where v.id = p_id;
        when 'DELETE access_codes' then delete from garita.access_codes c where c.id = p_id;
        when 'DELETE temporary_codes' then delete from garita.temporary_codes t where t.id = p_id;
        when 'DELETE devices' then delete from garita.devices d where d.id = p_id;
        else return 'unknown';
    end case;
    get diagnostics v_rows = row_count;
    return case when v_rows > 0 then 'done' else 'nothing' end;
exception when foreign_key_violation then
    -- What cannot go yet opens and signs in no more.
    update garita.users u set is_active = false where p_table = 'users' and u.id = p_id and u.is_active;
    update garita.access_codes c set is_active = false where p_table = 'access_codes' and c.id = p_id and c.is_active;
    return 'needed';
end
$$;

comment on function garita.repeat_erasure(text, text, bigint) is
    'Does once more what garita.list_erasures listed, after a restore: done, nothing (the row is not there or already so), '
    'needed (another row still needs it) or unknown.';
