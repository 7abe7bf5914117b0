-- No code: perhaps the link of a pass, or a card, which is judged as the pass it stands for. Where the digits of a one-time
-- pass are asked for, a link that never changes is no proof.
create or replace function garita.find_alias(p_site_id bigint, p_code_tags bytea[], p_guess garita.guess)
returns garita.credentials
language plpgsql stable
as $$
declare
    v_pass garita.credentials;
    v_kind text;
    v_id bigint;
begin
    select a.kind, a.temporary_code_id into v_kind, v_id
    from garita.pass_aliases a
    join garita.temporary_codes t on t.id = a.temporary_code_id and not t.is_retired and t.code_type <> 'OTP'
    where a.site_id = p_site_id and a.code_tag = any (p_code_tags)
        and (a.kind = 'LINK' or p_guess.looks_read is not false)
    order by array_position(p_code_tags, a.code_tag)
    limit 1;
    if not found then
        return null;
    end if;
    select c.* into v_pass
    from garita.credentials c
    where c.code_kind = 'temporary' and c.code_id = v_id and c.code_tag is not null
        and (p_guess.is_inside_only is not true or c.visit_status = 'CHECKED_IN');
    if found then
        v_pass.code_type := case v_kind when 'LINK' then 'QR' else 'RFID' end;
        v_pass.access_method := case v_kind when 'LINK' then 'QR_CODE' else 'RFID' end;
        v_pass.reader := case v_kind when 'LINK' then 1 else 2 end;
    end if;
    return v_pass;
end
$$;

comment on function garita.find_alias(bigint, bytea[], garita.guess) is
    'The pass whose link or card has one of the tags, read by a picture and by a reader of cards; null for none. Of a text '
    'that can be guessed p_guess names the kinds of codes it is looked up among.';
