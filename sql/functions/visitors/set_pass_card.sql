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
    v_type text;
    v_may boolean;
begin
    select t.code_type, garita.current_role_name() = 'ADMIN'
        or garita.can_host(garita.resident_of(garita.current_user_id()), v.unit_id)
    into v_type, v_may
    from garita.temporary_codes t
    join garita.visitors v on v.id = t.visitor_id
    where t.id = p_code_id and t.site_id = v_site_id and t.is_active and t.valid_until > clock_timestamp()
        and not garita.is_used_up(t.id)
        and (garita.current_role_name() = 'ADMIN' or v.unit_id = any (garita.current_unit_ids()))
    for no key update of t;
    if not found then
        raise exception using errcode = 'GA404', hint = 'TemporaryCode',
            message = 'No TemporaryCode matches the given query.',
            detail = 'Ningún registro de TemporaryCode coincide con la consulta.';
    elsif not v_may then
        raise exception using errcode = 'GA403', hint = 'not_authorized',
            message = 'You do not have permission to perform this action.',
            detail = 'No tiene permiso para realizar esta acción.';
    elsif v_type = 'OTP' and p_tags is not null then
        raise exception using errcode = 'GA400', hint = 'card',
            message = 'A pass whose code changes opens by nothing else: no card.',
            detail = 'Un pase de código cambiante no se abre con otra cosa: no lleva tarjeta.';
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
        and not (t.is_active and t.valid_until > clock_timestamp() and not garita.is_used_up(t.id));
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
    'every generation of the keys, the one to store first. GA404 for a pass the caller may not see or that has ended, GA403 '
    'for a resident who may not let anybody in, GA400 for a number in use or too short, and for a one-time pass.';
grant execute on function api.set_pass_card(bigint, bytea[], bytea, integer, integer, integer)
    to garita_admin, garita_resident;
