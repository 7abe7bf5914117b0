-- The home is locked until the end of the transaction, so that passes issued at once are counted one after another.
create or replace function garita.require_share(
    p_visitor_id bigint, p_unit_id bigint, p_resident_id bigint, p_code_type text, p_now timestamptz) returns void
language plpgsql volatile
as $$
declare
    c_of_staff constant integer := 1000;
    c_of_visit constant integer := 20;
    c_of_home constant integer := 200;
    c_short_of_home constant integer := 30;
    -- Those of a day, cancelled ones too: a cancelled number stays taken for a while, and every pass costs rows.
    c_of_day constant integer := 400;
    c_short_of_day constant integer := 100;
    c_day constant interval := interval '24 hours';
    v_live record;
    v_day record;
begin
    if p_resident_id is null then
        if c_of_staff <= (
            select count(*) from garita.temporary_codes t
            where t.visitor_id = p_visitor_id and t.is_active and t.valid_until > p_now
                and not garita.is_used_up(t.id))
        then
            raise exception using errcode = 'GA409', hint = 'too_many_passes',
                message = 'The visit already has as many passes as allowed: cancel one first.',
                detail = 'La visita ya tiene el máximo de pases: cancele primero alguno.';
        end if;
        return;
    end if;

    perform from garita.units u where u.id = p_unit_id for no key update;
    select count(*) as of_home, count(*) filter (where t.code_type <> 'QR') as short_of_home,
        count(*) filter (where t.visitor_id = p_visitor_id) as of_visit
    into v_live
    from garita.residents r
    join garita.temporary_codes t on t.sponsor_id = r.id
    where r.unit_id = p_unit_id and t.is_active and t.valid_until > p_now and not garita.is_used_up(t.id);
    select count(*) as passes, count(*) filter (where t.code_type <> 'QR') as short, min(t.created_at) as since
    into v_day
    from garita.residents r
    join garita.temporary_codes t on t.sponsor_id = r.id
    -- Whatever was issued within a day is valid for longer than since then.
    where r.unit_id = p_unit_id and t.valid_until > p_now - c_day and t.created_at > p_now - c_day;
    if v_day.passes >= c_of_day or p_code_type <> 'QR' and v_day.short >= c_short_of_day then
        raise exception using errcode = 'GA429',
            hint = greatest(1, ceil(extract(epoch from v_day.since + c_day - p_now)))::integer::text,
            message = 'Your unit has reached the limit of passes issued in one day. Try again tomorrow.',
            detail = 'Su unidad alcanzó el límite de pases emitidos en un día. Intente de nuevo mañana.';
    elsif v_live.of_visit >= c_of_visit then
        raise exception using errcode = 'GA409', hint = 'too_many_passes',
            message = 'The visit already has as many passes as allowed: cancel one first.',
            detail = 'La visita ya tiene el máximo de pases: cancele primero alguno.';
    elsif v_live.of_home >= c_of_home then
        raise exception using errcode = 'GA409', hint = 'too_many_passes',
            message = 'Your unit already has as many passes as allowed: cancel one first.',
            detail = 'Su unidad ya tiene el máximo de pases: cancele primero alguno.';
    elsif p_code_type <> 'QR' and v_live.short_of_home >= c_short_of_home then
        raise exception using errcode = 'GA409', hint = 'code_type',
            message = 'Your unit already has as many short codes as allowed: issue a QR code.',
            detail = 'Su unidad ya tiene el máximo de códigos cortos: emita un código QR.';
    end if;
end
$$;

comment on function garita.require_share(bigint, bigint, bigint, text, timestamptz) is
    'Refuses a pass beyond the share (GA409), counting those that still open: of the residents of a home 20 for a visit, '
    '200 in all, 30 of them short codes; with staff''s 1000 for a visit. A null resident means staff. GA429 beyond 400 passes '
    'or 100 short codes of a home in 24 hours, with the seconds to wait.';
