-- With the caller's rights: policies say which codes there are. The triggers write both rows into the audit.
create or replace function api.replace_access_code(
    p_code_id bigint, p_tags bytea[], p_sealed bytea, p_key_version integer, p_hint text, p_digits integer,
    p_letters integer) returns bigint
language plpgsql volatile
as $$
declare
    v_old record;
    v_new_id bigint;
begin
    select c.resident_id, c.code_type, c.expiry_date, c.schedule_id, c.notes into v_old
    from garita.access_codes c where c.id = p_code_id for no key update;
    if not found then
        raise exception using errcode = 'GA404', hint = 'AccessCode',
            message = 'No AccessCode matches the given query.',
            detail = 'Ningún registro de AccessCode coincide con la consulta.';
    elsif not api.is_code_free(p_tags, null) then
        raise exception using errcode = 'GA400', hint = 'code',
            message = 'This number is already in use.',
            detail = 'Este número ya está en uso.';
    end if;

    update garita.access_codes c set is_active = false where c.id = p_code_id and c.is_active;
    insert into garita.access_codes (
        resident_id, code_tag, code_sealed, key_version, code_hint, code_digits, code_letters, code_type, expiry_date,
        schedule_id, notes)
    values (
        v_old.resident_id, p_tags[1], p_sealed, p_key_version, p_hint, p_digits, p_letters, v_old.code_type,
        v_old.expiry_date, v_old.schedule_id, v_old.notes)
    returning id into v_new_id;
    insert into garita.access_code_points (access_code_id, access_point_id)
    select v_new_id, l.access_point_id from garita.access_code_points l where l.access_code_id = p_code_id;
    return v_new_id;
end
$$;

comment on function api.replace_access_code(bigint, bytea[], bytea, integer, text, integer, integer) is
    'Ends a permanent code and creates another one for its person, with the same kind, gates, schedule, last day and '
    'notes; returns its id. p_tags: the new code under every generation of the keys, the one to store first. GA404 for '
    'a code the caller may not see, GA400 for a number in use.';
grant execute on function api.replace_access_code(bigint, bytea[], bytea, integer, text, integer, integer) to garita_admin;
