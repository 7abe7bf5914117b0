-- What counts of a plate or a document, whoever writes it and on whatever keyboard: full-width and styled letters are the
-- plain ones (NFKC), so are digits of other scripts, and the capitals of Greek and Cyrillic that look like Latin ones.
create or replace function garita.letters_and_digits(p_text text) returns text
language sql immutable parallel safe
return translate(
    upper(regexp_replace(normalize(p_text, nfkc), '[^[:alnum:]]', '', 'g')),
    '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९' || 'АВЕКМНОРСТУХІЈЅ' || 'ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ',
    '012345678901234567890123456789' || 'ABEKMHOPCTYXIJS' || 'ABEZHIKMNOPTYX');

comment on function garita.letters_and_digits(text) is
    'The letters and digits of a text, capital and plain, as plates and documents are compared.';
