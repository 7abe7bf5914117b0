-- Permanent codes first, then temporary ones; index probes only. Nothing is locked: an entry is spent only if the row
-- of the code is still the version that was judged (garita.decide), and everything else wants no lock.
create or replace function garita.find_pass(
    p_site_id bigint, p_code_tags bytea[], p_otp_tags bytea[], p_guess garita.guess, p_access_point_id bigint)
returns garita.gate_pass
language plpgsql stable
as $$
declare
    v_pass garita.gate_pass;
    v_alias record;
begin
    if not (p_guess.looks_typed or p_guess.looks_read) then
        return null;
    end if;
    select c.code_type, c.id, null::bigint, null::xid, not c.is_active, null::timestamptz, null::timestamptz,
        c.expiry_date, null::integer, null::bigint, c.schedule_id,
        case when p_access_point_id is not null then (
            select bool_or(l.access_point_id = p_access_point_id)
            from garita.access_code_points l where l.access_code_id = c.id) end,
        un.building_id, un.id, b.code || '-' || un.number, r.id, null::bigint, r.first_name || ' ' || r.last_name,
        r.document_id, r.phone, r.is_authorized, r.move_out_date, null::text, null::text
    into v_pass
    from garita.access_codes c
    join garita.residents r on r.id = c.resident_id
    join garita.units un on un.id = r.unit_id
    join garita.buildings b on b.id = un.building_id
    where c.site_id = p_site_id and c.code_tag = any (p_code_tags)
        and case c.code_type when 'PIN' then p_guess.looks_typed else p_guess.looks_read end is not false
    order by array_position(p_code_tags, c.code_tag)
    limit 1;
    if found then
        return v_pass;
    end if;

    -- A visitor is judged by the own approval, and by everybody on whose right the pass rests: the host, the sponsor of the
    -- visit and the resident who issued it. Whoever left the home visited, and whoever may receive nobody any more
    -- (garita.can_host), ends the pass. Without any of them it depends on the household it was issued for.
    select t.code_type, null::bigint, t.id, t.xmin,
        -- Used up is not revoked, although neither is active.
        t.revoked_at is not null or not t.is_active and t.times_used < t.max_uses,
        t.valid_from, t.valid_until, null::date, t.max_uses - t.times_used, t.last_step, t.schedule_id,
        case when p_access_point_id is not null then (
            select bool_or(l.access_point_id = p_access_point_id)
            from garita.temporary_code_points l where l.temporary_code_id = t.id) end,
        un.building_id, un.id, b.code || '-' || un.number, v.resident_id, v.id, v.first_name || ' ' || v.last_name,
        v.document_id::text, v.phone::text, behind.are_authorized, case
            when coalesce(v.resident_id, v.sponsor_id, t.sponsor_id) is not null then behind.until
            when t.is_for_household then (
                select case
                    when count(*) = 0 then '-infinity'
                    when bool_and(r.move_out_date is not null) then max(r.move_out_date) end
                from garita.residents r where r.unit_id = v.unit_id) end,
        v.status, v.vehicle_plate::text
    into v_pass
    from garita.temporary_codes t
    join garita.visitors v on v.id = t.visitor_id
    join garita.units un on un.id = v.unit_id
    join garita.buildings b on b.id = un.building_id
    cross join lateral (
        select bool_and(r.is_authorized and coalesce(u.is_active, true)) as are_authorized, min(case
            when r.id in (v.resident_id, v.sponsor_id) and r.unit_id <> v.unit_id then '-infinity'
            else r.move_out_date end) as until
        from garita.residents r
        left join garita.users u on u.id = r.user_id
        where r.id = any (array[v.resident_id, v.sponsor_id, t.sponsor_id])) behind
    where t.site_id = p_site_id and not t.is_retired and t.code_tag = any (p_code_tags || p_otp_tags)
        and (t.code_type = 'OTP') = (t.code_tag = any (p_otp_tags))
        and p_guess.looks_typed is not false and (p_guess.is_inside_only is not true or v.status = 'CHECKED_IN')
    order by array_position(p_code_tags || p_otp_tags, t.code_tag)
    limit 1;
    if found then
        return v_pass;
    end if;

    -- No code: perhaps the link of a pass, or a card, which is judged as the pass it stands for. Where the digits of a
    -- one-time pass are asked for, a link that never changes is no proof.
    select a.kind, t.code_tag into v_alias
    from garita.pass_aliases a
    join garita.temporary_codes t on t.id = a.temporary_code_id and not t.is_retired and t.code_type <> 'OTP'
    where a.site_id = p_site_id and a.code_tag = any (p_code_tags)
        and (a.kind = 'LINK' or p_guess.looks_read is not false)
    order by array_position(p_code_tags, a.code_tag)
    limit 1;
    if not found then
        return null;
    end if;
    p_guess.looks_typed := true;
    v_pass := garita.find_pass(p_site_id, array[v_alias.code_tag], '{}', p_guess, p_access_point_id);
    if v_pass.code_type is not null then
        v_pass.code_type := case v_alias.kind when 'LINK' then 'QR' else 'RFID' end;
    end if;
    return v_pass;
end
$$;

comment on function garita.find_pass(bigint, bytea[], bytea[], garita.guess, bigint) is
    'The code that has one of the tags, the first before the others (several while the tag key changes, and for a text '
    'that was typed in groups), permanent ones before all, with its person; '
    'code_type is null when there is none. One-time codes are found by p_otp_tags only. A text that can be guessed is '
    'looked up among the kinds of codes that p_guess names; null for any other text. The link of a pass and a card are read '
    'as the pass, by a picture and by a reader of cards.';
