-- As the owner: no role may read or write tags. A card of a pass that has ended is free again.
create or replace function api.set_pass_card(
    p_code_id bigint, p_tags bytea[] default null, p_sealed bytea default null, p_key_version integer default null,
    p_digits integer default null, p_letters integer default null)
returns bigint
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    c_shortest constant integer := 6;
    v_site_id bigint := garita.current_site_id();
begin
    perform from garita.temporary_codes t
    join garita.visitors v on v.id = t.visitor_id
    where t.id = p_code_id and t.site_id = v_site_id and t.is_active and t.valid_until > clock_timestamp()
        and (garita.current_role_name() = 'ADMIN' or v.unit_id = any (garita.current_unit_ids()))
    for no key update of t;
    if not found then
        raise exception using errcode = 'GA404', hint = 'TemporaryCode',
            message = 'No TemporaryCode matches the given query.',
            detail = 'Ningún registro de TemporaryCode coincide con la consulta.';
    end if;

    delete from garita.pass_aliases a where a.temporary_code_id = p_code_id and a.kind = 'CARD';
    if p_tags is null then
        return garita.set_saved_id(p_code_id);
    elsif p_digits + p_letters < c_shortest then
        raise exception using errcode = 'GA400', hint = 'card',
            message = 'The number of a card has six digits or more.',
            detail = 'El número de una tarjeta tiene seis cifras o más.';
    end if;
    delete from garita.pass_aliases a
    using garita.temporary_codes t
    where a.site_id = v_site_id and a.code_tag = any (p_tags) and a.kind = 'CARD' and t.id = a.temporary_code_id
        and not (t.is_active and t.valid_until > clock_timestamp());
    if not api.is_code_free(p_tags, null) then
        raise exception using errcode = 'GA400', hint = 'card',
            message = 'This number is already in use.',
            detail = 'Este número ya está en uso.';
    end if;
    insert into garita.pass_aliases (
        site_id, temporary_code_id, kind, code_tag, code_sealed, key_version, code_digits, code_letters)
    values (v_site_id, p_code_id, 'CARD', p_tags[1], p_sealed, p_key_version, p_digits, p_letters);
    return garita.set_saved_id(p_code_id);
end
$$;

comment on function api.set_pass_card(bigint, bytea[], bytea, integer, integer, integer) is
    'The card that opens what a live pass opens, in place of the one it had; without tags it has none. p_tags: the number under '
    'every generation of the keys, the one to store first. GA404 for a pass the caller may not see or that has ended, GA400 '
    'for a number in use, or too short.';
grant execute on function api.set_pass_card(bigint, bytea[], bytea, integer, integer, integer)
    to garita_admin, garita_resident;
