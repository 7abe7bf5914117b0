create or replace function garita.blocklist_value(p_kind text, p_text text, p_salt bytea) returns text
language sql immutable
as $$
    select case p_kind
        when 'name' then lower(btrim(regexp_replace(normalize(p_text, nfkc), '\s+', ' ', 'g')))
        when 'plate' then garita.letters_and_digits(p_text)
        when 'document' then encode(sha256(p_salt || convert_to(
            nullif(garita.letters_and_digits(p_text), ''), 'UTF8')), 'hex')
        -- One of its readings (garita.phone_readings).
        when 'phone' then encode(sha256(p_salt || convert_to(p_text, 'UTF8')), 'hex')
    end
$$;

comment on function garita.blocklist_value(text, text, bytea) is
    'What the block list compares: names without case and needless blanks, letters and digits of plates, '
    'documents and phones as tags salted by the site. Null or empty: nothing to compare.';
