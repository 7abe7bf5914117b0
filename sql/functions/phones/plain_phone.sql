-- The signs that people put between the digits of a phone are those of PhoneText, too.
create or replace function garita.plain_phone(p_text text) returns text
language sql immutable
as $$
    select case when p.text ~ '^[(]? ?[+]?[-0-9 ().·•/\u2010-\u2015\u2212]+$'
        -- What a sheet makes of a phone that it takes for an amount: 5512345678.0.
        then regexp_replace(p.text, '^([+]?[0-9]{7,})[.]0+$', '\1') end
    from (
        select translate(
            normalize(btrim(p_text), nfkc), '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९', '012345678901234567890123456789')) p (text)
$$;

comment on function garita.plain_phone(text) is
    'A phone or a part of one as it was typed, with plain digits; null when other signs than those of phones are in it.';
