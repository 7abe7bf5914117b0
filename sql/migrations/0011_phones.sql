-- Phone numbers are read by the numbering plan of the site's country and kept in one style (garita.read_phone). The plans
-- themselves come with the functions (sql/functions/phones/phone_plans.sql), made anew when they change.
create table garita.phone_plans (
    country text primary key,
    calling_code text not null,
    place integer not null,
    exit_prefix text not null,
    trunk_prefix text not null,
    trunk_rule text,
    former_prefix text not null,
    lengths integer[] not null,
    shape text not null,
    numbers text not null,
    formats jsonb not null,
    time_zones text[] not null,
    constraint phone_plans_calling_code_place_unique unique (calling_code, place)
);
comment on table garita.phone_plans is
    'How numbers of each country are dialled and written, as libphonenumber knows it; the same for every site.';
comment on column garita.phone_plans.country is 'ISO 3166-1 alpha-2.';
comment on column garita.phone_plans.place is 'Of the countries that share a calling code, the first formats for all.';
comment on column garita.phone_plans.exit_prefix is 'A pattern of what is dialled before a calling code.';
comment on column garita.phone_plans.trunk_prefix is 'A pattern of what is dialled before a number inside the country.';
comment on column garita.phone_plans.trunk_rule is 'What takes its place; null: nothing.';
comment on column garita.phone_plans.former_prefix is 'Dialled before mobile numbers in former years.';
comment on column garita.phone_plans.lengths is 'How many digits a number may have after the calling code.';
comment on column garita.phone_plans.shape is 'A pattern that every number has.';
comment on column garita.phone_plans.numbers is 'A pattern of the numbers that are given out.';
comment on column garita.phone_plans.formats is
    '[[pattern of the number, of how it begins, replacement], ...]: the first that fits; of the first place only.';
comment on column garita.phone_plans.time_zones is 'The zones that lie in the country.';

alter table garita.sites
    add column country text,
    add column phones_read_in text,
    add constraint sites_country_format check (country ~ '^([A-Z]{2})?$');
comment on column garita.sites.country is
    'Whose phone numbers are written without a calling code; blank: none. Null until it is told by the time zone.';
comment on column garita.sites.phones_read_in is 'The country by which all stored phones were read (garita.restyle_phones).';

-- In some countries a whole number has seven digits. A domain judges what was typed, before it is read.
alter domain garita.visitors_phone drop constraint visitors_phone_format;
alter domain garita.visitors_phone add constraint visitors_phone_format
    check (value = '' or regexp_replace(value, '[ ()-]', '', 'g') ~ '^[+]?[0-9]{4,16}$');
alter table garita.residents drop constraint residents_phone_format;
alter table garita.residents add constraint residents_phone_format
    check (phone = '' or regexp_replace(phone, '[ ()-]', '', 'g') ~ '^([+][0-9]{7,15}|[0-9]{10,15})$');

-- A number is found by its digits, whatever stands between them.
create index visitors_phone_idx on garita.visitors
    using gin (regexp_replace(phone, '[^0-9]', '', 'g') garita.gin_trgm_ops) where phone <> '';
