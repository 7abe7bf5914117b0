-- A guard lets somebody pass without a code: a resident who forgot the card, an ambulance. It is logged with what a
-- decision would have said against it; a person of the block list is refused first, and passes when asked for again.
create or replace function api.log_by_hand(
    p_resident_id bigint, p_person_name text, p_unit_id bigint, p_plate text, p_access_point_id bigint,
    p_direction text, p_reason text, p_is_emergency boolean, p_is_confirmed boolean, p_request_id text,
    p_trace_id text, p_address text)
returns garita.gate_verdict
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_user bigint := garita.current_user_id();
    v_where bytea := int8send(p_access_point_id) || convert_to(p_direction, 'UTF8');
    v_tag bytea := substr(sha256(convert_to(
        jsonb_build_array(
            'by hand', p_resident_id, p_person_name, p_unit_id, p_plate, p_reason, p_is_emergency,
            p_is_confirmed)::text, 'UTF8')), 1, 16);
    v_gate garita.gates;
    v_pass garita.credentials;
    v_is_blocked boolean;
    v_attention jsonb;
    v_answer garita.gate_verdict;
begin
    v_answer := garita.recall_admission('u:' || v_user, coalesce(p_request_id, ''), array[v_tag], v_where);
    if v_answer.replayed then
        return v_answer;
    elsif not p_is_emergency and btrim(coalesce(p_reason, '')) = '' then
        raise exception using errcode = 'GA400', hint = 'reason',
            message = 'Say why the person passes without a code.',
            detail = 'Diga por qué la persona pasa sin código.';
    end if;

    v_gate := garita.gate_of_user(
        v_user, (select u.token_version from garita.users u where u.id = v_user),
        nullif(current_setting('garita.session_id', true), '')::bigint, p_access_point_id);
    v_pass.is_authorized := true;
    if p_resident_id is not null then
        select r.id, r.first_name || ' ' || r.last_name, r.document_id, r.phone, r.unit_id, r.is_authorized,
            r.move_out_date
        into v_pass.resident_id, v_pass.person_name, v_pass.person_document, v_pass.person_phone, v_pass.unit_id,
            v_pass.is_authorized, v_pass.move_out_date
        from garita.residents r where r.id = p_resident_id and r.site_id = v_gate.site_id;
        if v_pass.resident_id is null then
            raise exception using errcode = 'GA404', hint = 'Resident',
                message = 'No Resident matches the given query.',
                detail = 'Ningún registro de Resident coincide con la consulta.';
        end if;
    else
        v_pass.person_name := btrim(coalesce(p_person_name, ''));
        select u.id into v_pass.unit_id from garita.units u where u.id = p_unit_id and u.site_id = v_gate.site_id;
    end if;
    v_pass.vehicle_plate := btrim(coalesce(p_plate, ''));
    select b.id, b.code || '-' || u.number into v_pass.building_id, v_pass.unit_display
    from garita.units u join garita.buildings b on b.id = u.building_id where u.id = v_pass.unit_id;

    select m.is_blocked, m.attention into v_is_blocked, v_attention
    from garita.match_blocklist(v_gate.site_id, v_pass, v_now) m;
    v_answer := garita.decide_by_hand(
        v_gate, v_pass, p_direction,
        case when v_is_blocked and p_direction = 'ENTRY' and not p_is_emergency and not (p_is_confirmed
                -- Only who was refused here a moment ago, which is in the log.
                and exists (
                    select from garita.access_logs l
                    where l.site_id = v_gate.site_id and l."timestamp" > v_now - interval '15 minutes'
                        and l.access_point_id = v_gate.point_id and l.authorized_by = v_user and l.status = 'DENIED'
                        and l.reasons = '{blocklisted}' and l.access_method = 'MANUAL'
                        and l.person_name = coalesce(nullif(v_pass.person_name, ''), 'Unknown')))
            then '{blocklisted}'::text[] else '{}' end,
        array_remove(array[
            case when p_is_emergency then 'emergency' end,
            case when not v_gate.is_active then 'gate_inactive' end,
            case when p_direction <> all (v_gate.directions) then 'wrong_direction' end,
            case when p_resident_id is not null and v_gate.building_id <> v_pass.building_id then 'wrong_gate' end,
            case when not v_pass.is_authorized then 'person_not_authorized' end,
            case when (v_now at time zone v_gate.time_zone)::date >= v_pass.move_out_date then 'moved_out' end,
            case when v_is_blocked then 'blocklisted' end
        ], null),
        v_attention, left(btrim(coalesce(p_reason, '')), 1000), p_trace_id, p_address, v_now);
    perform garita.keep_admission(
        'u:' || v_user, coalesce(p_request_id, ''), v_gate.site_id, v_tag || v_where, v_answer, v_now);
    return v_answer;
end
$$;

comment on function api.log_by_hand(
    bigint, text, bigint, text, bigint, text, text, boolean, boolean, text, text, text) is
    'Logs that a guard lets a resident, or a person of a name or none, pass without a code, and why; warnings say what '
    'speaks against it. A person of the block list is refused (blocklisted) unless p_is_confirmed after such a refusal. Answers as '
    'api.validate_code. GA400 without a reason, GA404 for a resident of another site.';
grant execute on function api.log_by_hand(
    bigint, text, bigint, text, bigint, text, text, boolean, boolean, text, text, text) to garita_admin, garita_guard;
