-- As the owner, who alone writes corrections and takes a visit back. The log row itself stays as it is; a use that was
-- spent stays spent, because a pass admits at most as often as it says, whatever is corrected.
create or replace function api.correct_decision(p_log_id bigint, p_kind text, p_reason text) returns bigint
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_row record;
    v_before record;
    v_visit garita.visitors;
    v_id bigint;
begin
    select l.id, l."timestamp" as at, l.site_id, l.visitor_id, l.status into v_row
    from garita.access_logs l
    where l.id = p_log_id and l.site_id = garita.current_site_id() and l."timestamp" > v_now - interval '30 days';
    if v_row.id is null then
        raise exception using errcode = 'GA404', hint = 'AccessLog',
            message = 'No AccessLog matches the given query.',
            detail = 'Ningún registro de AccessLog coincide con la consulta.';
    elsif p_kind is null or p_kind not in ('did_not_pass', 'wrong_person', 'other') then
        raise exception using errcode = 'GA400', hint = 'kind',
            message = 'Choose what was wrong.',
            detail = 'Elija qué estuvo mal.';
    elsif btrim(coalesce(p_reason, '')) = '' then
        raise exception using errcode = 'GA400', hint = 'reason',
            message = 'Say in a few words what happened.',
            detail = 'Diga en pocas palabras qué pasó.';
    elsif char_length(p_reason) > 1000 then
        raise exception using errcode = 'GA400', hint = 'reason',
            message = 'Use at most 1000 characters.',
            detail = 'Use como máximo 1000 caracteres.';
    elsif p_kind = 'did_not_pass' and v_row.status <> 'SUCCESS' then
        raise exception using errcode = 'GA409', hint = 'kind',
            message = 'The gate had refused it anyway.',
            detail = 'De todos modos el acceso se había negado.';
    end if;

    select v.* into v_visit from garita.visitors v where v.id = v_row.visitor_id for no key update;
    if p_kind = 'did_not_pass' and v_visit.id is not null and not exists (
        select from garita.log_corrections c where c.log_id = v_row.id and c.kind = 'did_not_pass')
        and v_row.id = (
            select l.id from garita.access_logs l
            where l.visitor_id = v_visit.id and l.status = 'SUCCESS'
                and not exists (
                    select from garita.log_corrections c where c.log_id = l.id and c.kind = 'did_not_pass')
            order by l."timestamp" desc, l.id desc limit 1)
    then
        -- The visit is where it was before: what the latest row says that stands.
        select l.access_type, l."timestamp" as at into v_before
        from garita.access_logs l
        where l.visitor_id = v_visit.id and l.status = 'SUCCESS' and l.id <> v_row.id
            and not exists (select from garita.log_corrections c where c.log_id = l.id and c.kind = 'did_not_pass')
        order by l."timestamp" desc, l.id desc limit 1;
        update garita.visitors v set
            status = case v_before.access_type when 'ENTRY' then 'CHECKED_IN' when 'EXIT' then 'CHECKED_OUT'
                else 'APPROVED' end,
            check_in_time = case when v_before.access_type is not null then v.check_in_time end,
            check_out_time = case when v_before.access_type = 'EXIT' then v_before.at end
        where v.id = v_visit.id and v.status in ('CHECKED_IN', 'CHECKED_OUT');
    end if;

    insert into garita.log_corrections (site_id, log_id, log_time, kind, reason, user_id)
    values (v_row.site_id, v_row.id, v_row.at, p_kind, btrim(p_reason), garita.current_user_id())
    returning id into v_id;
    return garita.set_saved_id(v_id);
end
$$;

comment on function api.correct_decision(bigint, text, text) is
    'Writes down what was wrong with a row of the log of the last 30 days. did_not_pass of the newest passage of a visit '
    'puts the visit back where it was before; no use is given back. GA404 for a row of another site or an older one, '
    'GA400 for kind or reason, GA409 where the gate had refused.';
grant execute on function api.correct_decision(bigint, text, text) to garita_admin, garita_guard;
