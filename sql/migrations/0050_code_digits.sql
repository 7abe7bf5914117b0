-- What a permanent code is made of: six signs of which two are digits are no PIN, and a sealed code shows its length alone.

alter table garita.access_codes
    add column code_digits integer,
    add column code_letters integer,
    add constraint access_codes_code_digits_range check (code_digits >= 0),
    add constraint access_codes_code_letters_range check (code_letters >= 0);
comment on column garita.access_codes.code_digits is
    'Digits of the code; null, like code_letters, for one that was stored before they were counted, or brought over.';
comment on column garita.access_codes.code_letters is 'Letters A to Z of the code.';
