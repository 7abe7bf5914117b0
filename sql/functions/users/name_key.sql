create or replace function garita.name_key(p_username text) returns text
language sql immutable strict parallel safe
return lower(normalize(p_username, NFKC));

comment on function garita.name_key(text) is
    'What tells the names of accounts apart: compatibility forms are one (NFKC, Unicode Standard Annex 15), and so are '
    'capitals and small letters.';
