-- Twin of garita.read_phone: what libphonenumber reads is read alike, and so is what people still write.
begin;
\ir ../community.psql
\ir ../../../Tests/Fixtures/phones.psql

select cmp_ok((select count(*) from phones), '>', 5000::bigint, 'numbers of all countries are tried');
select is_empty($$select p.*, garita.read_phone(p.typed, p.country) from phones p
    where garita.read_phone(p.typed, p.country) is distinct from p.kept$$, 'each is read as libphonenumber reads it');
select is_empty($$select p.* from phones p where garita.read_phone(p.kept, '') is distinct from p.kept$$,
    'what is kept needs no country, and stays');

select is(garita.read_phone(c.typed, c.country), c.kept, c.country || ' ' || c.typed)
from (values
    ('CR', '8888-8888', '+506 8888 8888'), ('CL', '9 8765 4321', '+56 9 8765 4321'), ('CL', '09 8765 4321', '+56 9 8765 4321'),
    ('EC', '099 123 4567', '+593 99 123 4567'), ('PE', '987 654 321', '+51 987 654 321'), ('PA', '6123-4567', '+507 6123-4567'),
    ('AR', '011 15 1234-5678', '+54 9 11 1234-5678'), ('AR', '+54 9 11 1234 5678', '+54 9 11 1234-5678'),
    ('MX', '044 55 1234 5678', '+52 55 1234 5678'), ('MX', '045 55 1234 5678', '+52 55 1234 5678'),
    ('MX', '01 55 1234 5678', '+52 55 1234 5678'), ('MX', '+52 1 55 1234 5678', '+52 55 1234 5678'),
    ('MX', '00 52 55 1234 5678', '+52 55 1234 5678'), ('MX', '(55) 1234-5678', '+52 55 1234 5678'),
    ('MX', '52 55 1234 5678', '+52 55 1234 5678'), ('MX', '55.1234.5678', '+52 55 1234 5678'),
    ('MX', '５５１２３４５６７８', '+52 55 1234 5678'), ('MX', '٥٥١٢٣٤٥٦٧٨', '+52 55 1234 5678'),
    ('MX', '5512345678.0', '+52 55 1234 5678'), ('MX', '55•1234•5678', '+52 55 1234 5678'), ('MX', '55/1234/5678', '+52 55 1234 5678'),
    ('MX', '(+52) 55 1234 5678', '+52 55 1234 5678'), ('MX', '011 1 305 655 0134', '+1 305-655-0134'),
    ('BR', '0 15 11 91234-5678', '+55 11 91234-5678'), ('BR', '011 91234-5678', '+55 11 91234-5678'),
    ('CO', '03 310 123 4567', '+57 310 1234567'), ('CO', '310 123 4567', '+57 310 1234567'),
    ('US', '1 (305) 655-0134', '+1 305-655-0134'), ('US', '00 52 55 1234 5678', '+52 55 1234 5678'),
    ('GB', '+44 (0)20 7946 0958', '+44 20 7946 0958'), ('', '+52 55 1234 5678', '+52 55 1234 5678'),
    ('', '0052 55 1234 5678', '+52 55 1234 5678'), ('', '55 1234 5678', null), (null, '5512345678', null),
    ('MX', '12', null), ('MX', '123456789', null), ('MX', '(55) 1234-567890', null), ('MX', '55 1234 5678 ext. 9', null),
    ('MX', '5512345678 / 5587654321', null), ('MX', '', null), ('MX', '+999 123 4567', null), ('MX', '+', null)) c (country, typed, kept);
select is(garita.read_phone(null, 'MX'), null, 'no text, no number');

-- Written by whoever it may be, it has one style.
insert into garita.visitors (id, site_id, first_name, last_name, phone, unit_id, expected_date) overriding system value values
    (9101, 9001, 'A', 'B', '044 55 1234 5678', 9001, '2020-01-01'), (9102, 9001, 'A', 'C', '1234567890', 9001, '2020-01-01');
select is((select string_agg(v.phone::text, ', ' order by v.id) from garita.visitors v where v.id in (9101, 9102)),
    '+52 55 1234 5678, 1234567890', 'a number in one style, anything else as it was typed');
update garita.users set phone = '12' where id = 9002;
select is((select u.phone from garita.users u where u.id = 9002), '12', 'also of an account');
update garita.units set owner_phone = '55 8765 4321' where id = 9001;
select is((select u.owner_phone from garita.units u where u.id = 9001), '+52 55 8765 4321', 'of an owner');

-- What was stored before is written in the style by garita migrate and maintain: nobody changed it.
alter table garita.visitors disable trigger write_phones;
update garita.visitors set phone = '5512345678', updated_at = '2020-01-02' where id = 9101;
update garita.visitors set phone = '123456789012', updated_at = '2020-01-02' where id = 9102;
alter table garita.visitors enable trigger write_phones;
create temporary table before as select v.id, v.updated_at from garita.visitors v where v.id in (9101, 9102);
create temporary table traces as select count(*) as entries from garita.audit;
select is((select row(r.last_id, r.changed)::text from garita.restyle_phones('visitors', 'phone', 9100, 100) r), '(9102,1)',
    'one of two is a number');
select is((select row(r.last_id, r.changed)::text from garita.restyle_phones('visitors', 'phone', 9102, 100) r), '(,0)', 'the end');
select is((select row(r.last_id, r.changed)::text from garita.restyle_phones('visitors', 'phone', 9100, 100) r), '(9102,0)', 'once');
select is((select v.phone::text from garita.visitors v where v.id = 9101), '+52 55 1234 5678', 'in the style');
select is_empty($$select from before b join garita.visitors v using (id) where v.updated_at <> b.updated_at$$, 'it is no change');
select is((select count(*) from garita.audit), (select t.entries from traces t), 'and leaves no trace');
alter table garita.visitors disable trigger write_phones;
update garita.visitors set phone = '+52 1 55 1234 5678', updated_at = '2020-01-02' where id = 9102;
alter table garita.visitors enable trigger write_phones;
select is((select row(r.last_id, r.changed)::text from garita.restyle_phones('visitors', 'phone', 9100, 100) r), '(9102,1)',
    'what looks like the style but is not in it');

-- Entries of before have tags of ten digits at most.
select ok(garita.phone_readings(c.person, 'AR') @> array[c.former], c.person || ' was ' || c.former)
from (values
    ('+54 9 11 1234-5678', '1512345678'), ('+52 55 1234 5678', '5512345678'), ('+506 8888 8888', '88888888'),
    ('+506 8888 8888', '0688888888'), ('+593 99 123 4567', '0991234567'), ('12', '12'), ('+54 9 11 1234-5678', '+5491112345678')
    ) c (person, former);

-- A block is not passed by what stands before the number.
select ok(garita.phone_readings(c.person, c.country) @> array[c.blocked], c.country || ' ' || c.person || ' is ' || c.blocked)
from (values
    ('MX', '+52 (0)55 1234 0002', '+525512340002'), ('MX', '0 55 1234 0002', '+525512340002'),
    ('MX', '001 52 55 1234 0002', '+525512340002'), ('MX', '+52 044 55 1234 0002', '+525512340002'),
    ('MX', '011 44 (0)20 7946 0958', '+442079460958'), ('MX', '5512340002.0', '+525512340002'),
    ('AR', '+54 9 011 1234 5678', '+5491112345678'), ('AR', '+54 9 11 15 1234 5678', '+5491112345678'),
    ('AR', '15 1234 5678', '+5491112345678'), ('AR', '11 1234 5678', '+5491112345678'),
    ('AR', '+54 11 1234 5678', '+5491112345678'), ('AR', '+54 9 11 1234 5678', '+541112345678'),
    ('AR', '0351 15 234-5678', '+543512345678'), ('AR', '+54 9 351 15 234 5678', '+5493512345678'),
    ('CL', '+56 09 8765 4321', '+56987654321'), ('CL', '188 56 9 8765 4321', '+56987654321'),
    ('PE', '1911 51 987654321', '+51987654321'), ('CO', '+57 1 234 5678', '+576012345678'),
    ('CO', '03 1 234 5678', '+576012345678'), ('BR', '+55 11 8123-4567', '+5511981234567'),
    ('', '55 1234 5678', '+525512345678'), ('', '044 55 1234 5678', '+525512345678'), ('', '01 55 1234 5678', '+525512345678'),
    ('', '525512345678', '+525512345678'), ('', '5215512345678', '+525512345678'), (null, '55 1234 5678', '+525512345678'),
    ('', '8888-8888', '+50688888888'), ('', '011 15 1234 5678', '+5491112345678')) c (country, person, blocked);
create temporary table numbers as
    select p.country, p.kept, '+' || regexp_replace(p.kept, '[^0-9]', '', 'g') as number, row_number() over (order by p.kept) as place
    from (select distinct on (f.kept) f.country, f.kept from phones f where f.kept is not null order by f.kept, f.country) p;
select is(garita.phone_readings(p.phone, 'MX'), p.readings, coalesce(p.phone, 'nothing') || ' is as it is')
from (values (null, array[]::text[]), ('', array[]::text[]), ('12', array['12'])) p (phone, readings);
select is_empty($$select n.country, t.typed from numbers n
    cross join lateral (values ('+' || translate(n.number, '+', '9')), ('+0 0' || substr(n.number, 2)), ('0909' || n.kept)) t (typed)
    where n.place % 7 = 0 and garita.read_phone(t.typed, n.country) is null
        and not garita.phone_readings(t.typed, n.country) @> array[n.number]$$, 'whatever stands before a number, it is found');
select is_empty($$select n.kept, o.kept from numbers n cross join lateral unnest(garita.phone_readings(n.kept, n.country)) r (reading)
    join numbers o on o.number = r.reading
    where o.number <> n.number and not (n.number ~ '^[+]54' and right(n.number, 10) = right(o.number, 10))$$,
    'two numbers are two');

-- Looked for whole or in part.
select ok(regexp_replace(c.stored, '[^0-9]', '', 'g') like (select garita.phone_pattern(c.typed, c.country)), c.typed || ' finds ' || c.stored)
from (values
    ('MX', '55–1234–0001', '+52 55 1234 0001'), ('MX', '55１２３４', '+52 55 1234 0001'), ('MX', '+5255', '+52 55 1234 0001'),
    ('MX', '044 55 1234', '+52 55 1234 0001'), ('MX', '01 55 1234', '+52 55 1234 0001'), ('MX', '+52 1 55 12', '+52 55 1234 0001'),
    ('MX', '+52 044 55 12', '+52 55 1234 0001'), ('MX', '0052 1 55 12', '+52 55 1234 0001'), ('MX', '52 1 55 1234', '+52 55 1234 0001'),
    ('MX', '52 55 1234', '+52 55 1234 0001'), ('MX', '234 0001', '+52 55 1234 0001'), ('MX', '55/1234/00', '+52 55 1234 0001'),
    ('MX', '٥٥١٢٣٤', '+52 55 1234 0001'), ('MX', '+44 (0)20 79', '+44 20 7946 0958'), ('MX', '155 1234', '+52 55 1234 0001'),
    ('AR', '011 15 1234', '+54 9 11 1234-5678'), ('AR', '15 1234 5678', '+54 9 11 1234-5678'), ('CO', '03 310 12', '+57 310 1234567'),
    ('IT', '+39 06 12', '+39 06 1234 5678'), ('MX', '12345', '12345'), ('', '044 55 1234', '044 55 1234 0001'),
    ('', '+52 1 55 12', '+52 55 1234 0001'), ('MX', '5512340001.0', '+52 55 1234 0001'), ('US', '1 305 655', '+1 305-655-0134'))
    c (country, typed, stored);
select is(garita.phone_pattern(c.typed, 'MX'), null, c.typed || ' is no phone')
from (values ('5512'), ('+52'), ('Ana 5512345678'), ('')) c (typed);
select ok('525512340001' not like garita.phone_pattern(c.typed, 'MX'), c.typed || ' does not')
from (values ('55 1234 0002'), ('+5256'), ('044 55 1235')) c (typed);

select * from finish();
rollback;
