-- The worker draws the candidates, because only it has the keys; the database chooses, because only it knows which are
-- free and how long a number must be now.
create or replace function api.issue_code(
    p_visitor_id bigint, p_code_type text, p_valid_hours integer, p_max_uses integer, p_candidate_tags bytea[],
    p_candidate_sealed bytea[], p_candidate_lengths integer[], p_key_version integer,
    p_candidate_hints text[] default '{}', p_schedule_id bigint default null,
    p_access_point_ids bigint[] default '{}', p_link_tag bytea default null, p_link_sealed bytea default null,
    p_valid_from timestamptz default null, p_valid_until timestamptz default null)
returns table (code_id bigint, candidate integer)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
declare
    c_longest constant interval := interval '13 months';
    v_now timestamptz := clock_timestamp();
    v_visitor garita.visitors;
    v_resident_id bigint := garita.resident_of(garita.current_user_id());
    v_from timestamptz := coalesce(p_valid_from, v_now);
    v_until timestamptz := coalesce(p_valid_until, v_from + make_interval(hours => p_valid_hours));
    v_word record;
    v_length integer;
begin
    select v.* into v_visitor from garita.visitors v
    where v.id = p_visitor_id and v.site_id = garita.current_site_id()
        and (garita.current_role_name() in ('ADMIN', 'GUARD') or v.unit_id = any (garita.current_unit_ids()))
    for no key update;
    if v_visitor.id is null then
        raise exception using errcode = 'GA404', hint = 'Visitor',
            message = 'No Visitor matches the given query.',
            detail = 'Ningún registro de Visitor coincide con la consulta.';
    elsif v_visitor.status = 'DENIED' then
        raise exception using errcode = 'GA409', hint = 'visit_denied',
            message = 'The visit was refused.',
            detail = 'La visita fue rechazada.';
    elsif p_valid_until is null and (p_valid_hours is null or p_valid_hours not between 1 and 168) then
        raise exception using errcode = 'GA400', hint = 'valid_hours',
            message = 'Not between 1 and 168 hours.',
            detail = 'Debe ser de 1 a 168 horas.';
    elsif v_until <= greatest(v_from, v_now) or v_until > v_now + c_longest then
        raise exception using errcode = 'GA400', hint = 'valid_until',
            message = 'A pass ends after it begins, not before today, and within thirteen months.',
            detail = 'Un pase termina después de empezar, no antes de hoy y dentro de trece meses.';
    elsif p_schedule_id is not null and not exists (
        select from garita.schedules s
        where s.id = p_schedule_id and s.site_id = v_visitor.site_id
            and (s.visitor_id is null or s.visitor_id = v_visitor.id))
    then
        raise exception using errcode = 'GA400', hint = 'schedule',
            message = 'No such schedule.',
            detail = 'No existe ese horario.';
    elsif exists (
        select from unnest(p_access_point_ids) wanted (id)
        where not exists (
            select from garita.access_points p where p.id = wanted.id and p.site_id = v_visitor.site_id))
    then
        raise exception using errcode = 'GA400', hint = 'access_points',
            message = 'No such access point.',
            detail = 'No existe ese acceso.';
    end if;

    perform garita.require_share(v_visitor.id, v_visitor.unit_id, v_resident_id, p_code_type, v_now);

    -- For a one-time code the candidates are handles: they find the pass, and open nothing without its digits.
    if p_code_type = 'NUMERIC' then
        v_length := garita.numeric_code_length(v_visitor.site_id, v_now);
        if v_length is null then
            raise exception using errcode = 'GA409', hint = 'code_type',
                message = 'There are too many valid short codes: issue a QR code.',
                detail = 'Hay demasiados códigos cortos vigentes: emita un código QR.';
        end if;
    end if;

    for i in 1 .. coalesce(cardinality(p_candidate_tags), 0) loop
        continue when v_length <> p_candidate_lengths[i]
            or garita.is_code_taken(v_visitor.site_id, p_candidate_tags[i], v_now);
        insert into garita.temporary_codes as t (
            site_id, visitor_id, code_tag, code_sealed, key_version, code_hint, code_type, valid_from, valid_until,
            max_uses, generated_by, schedule_id)
        values (
            v_visitor.site_id, v_visitor.id, p_candidate_tags[i], p_candidate_sealed[i], p_key_version,
            coalesce(p_candidate_hints[i], ''), p_code_type, v_from, v_until, p_max_uses, garita.current_user_id(),
            p_schedule_id)
        -- Another worker may have drawn the same number since the check above.
        on conflict (site_id, code_tag) where not is_retired do nothing
        returning t.id into code_id;
        if code_id is not null then
            candidate := i - 1;
            exit;
        end if;
    end loop;
    if code_id is null then
        return;
    end if;

    if p_link_tag is not null then
        insert into garita.pass_aliases (site_id, temporary_code_id, kind, code_tag, code_sealed, key_version)
        values (v_visitor.site_id, code_id, 'LINK', p_link_tag, p_link_sealed, p_key_version);
    end if;
    insert into garita.temporary_code_points (temporary_code_id, access_point_id, site_id)
    select distinct code_id, wanted.id, v_visitor.site_id from unnest(p_access_point_ids) wanted (id);
    -- For a caller who may not approve, the pass opens nothing until somebody approves.
    if v_visitor.status = 'PENDING'
        and (v_resident_id is null or garita.can_host(v_resident_id, v_visitor.unit_id))
    then
        select w.host_id, w.sponsor_id into v_word from garita.give_word(v_visitor.unit_id, v_visitor.resident_id) w;
        update garita.visitors v
        set status = 'APPROVED', authorized_by = garita.current_user_id(), resident_id = v_word.host_id,
            sponsor_id = v_word.sponsor_id
        where v.id = v_visitor.id;
    end if;
    perform garita.set_saved_id(code_id);
    return next;
end
$$;

comment on function api.issue_code(bigint, text, integer, integer, bytea[], bytea[], integer[], integer, text[], bigint,
    bigint[], bytea, bytea, timestamptz, timestamptz) is
    'Gives a visitor the first free candidate (0-based) of the length that is safe now, and approves a PENDING visit '
    'if the caller may. It begins and ends as told, or lasts p_valid_hours from now; p_link_tag is that of the token of its '
    'link, for none null. No row when every candidate is taken: draw again. GA404 for a visitor the caller may not see, '
    'GA409 for a refused visit or too many passes, GA400 for hours, schedule, gates, or a host who may not receive '
    'visitors.';
grant execute on function api.issue_code(
    bigint, text, integer, integer, bytea[], bytea[], integer[], integer, text[], bigint, bigint[], bytea, bytea,
    timestamptz, timestamptz)
    to garita_admin, garita_guard, garita_resident;
