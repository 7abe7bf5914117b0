-- By length, digits and letters, which are known of a sealed code without its key: a number as long as the tags, which have
-- letters, is none of them. Where they are not known of a code, any text may be it.
create or replace function garita.kinds_of_text(
    p_site_id bigint, p_shape text, p_is_one_time boolean, p_now timestamptz, out is_typed boolean, out is_read boolean)
language plpgsql stable
as $$
declare
    v_sealed integer := 28 + char_length(p_shape);
    v_digits integer := char_length(regexp_replace(p_shape, '[^9]', '', 'g'));
    v_letters integer := char_length(regexp_replace(p_shape, '[^A]', '', 'g'));
    -- As long as it is, or as its letters and digits are: what was typed in groups may be a code without groups.
    v_lengths integer[] := array[v_sealed, 28 + v_digits + v_letters];
begin
    is_read := exists (
        select from garita.access_codes c
        where c.site_id = p_site_id and c.is_active and c.code_type <> 'PIN'
            and coalesce(octet_length(c.code_sealed), v_sealed) = any (v_lengths)
            and coalesce(c.code_digits, v_digits) = v_digits and coalesce(c.code_letters, v_letters) = v_letters)
        or exists (
            select from garita.pass_aliases a
            where a.site_id = p_site_id and a.kind = 'CARD'
                and octet_length(a.code_sealed) = any (v_lengths)
                and a.code_digits = v_digits and a.code_letters = v_letters);
    is_typed := not is_read or p_is_one_time and exists (
            select from garita.temporary_codes t
            where t.site_id = p_site_id and t.is_active and t.valid_until > p_now and t.code_type = 'OTP'
                and not garita.is_used_up(t.id))
        or exists (
            select from garita.access_codes c
            where c.site_id = p_site_id and c.is_active and c.code_type = 'PIN'
                and coalesce(octet_length(c.code_sealed), v_sealed) = any (v_lengths)
                and coalesce(c.code_digits, v_digits) = v_digits and coalesce(c.code_letters, v_letters) = v_letters)
        or exists (
            select from garita.temporary_codes t
            where t.site_id = p_site_id and t.is_active and t.valid_until > p_now
                and (t.code_type = 'ALPHANUMERIC' or t.code_type = 'NUMERIC' and v_letters = 0)
                and (octet_length(t.code_sealed) = any (v_lengths) or t.code_sealed is null)
                and not garita.is_used_up(t.id));
end
$$;

comment on function garita.kinds_of_text(bigint, text, boolean, timestamptz) is
    'What live codes of a site a short text could be, by its shape (a 9 for each digit, an A for each letter, a - for each '
    'other byte): typed ones, tags, or both. What could be neither counts as typed.';
