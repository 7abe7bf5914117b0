-- Twin of api.search_everywhere: every table, every word, of one community; codes by their tags.
begin;
\ir ../community.psql

insert into garita.visitors (id, site_id, first_name, last_name, document_id, vehicle_plate, unit_id, expected_date) overriding system value values
    (9101, 9001, 'Ángela', 'Núñez', 'DOC-1', 'XYZ-98-7K', 9001, '2020-01-01'), (9102, 9002, 'Ángela', 'Núñez', 'DOC-1', 'XYZ-98-7K', 9004, '2020-01-01');
insert into garita.devices (id, site_id, name, access_point_id, allows_entry, allows_exit) overriding system value values
    (9101, 9001, 'Lector', 9001, true, true), (9102, 9002, 'Lector', 9007, true, true);
insert into garita.blocklist (id, site_id, kind, value, display) overriding system value values
    (9101, 9001, 'plate', 'MAL-66', 'MAL-66'), (9102, 9002, 'plate', 'MAL-66', 'MAL-66');
select pg_temp.pass('AAAA', 9001), pg_temp.pass('BBBB', 9006), pg_temp.key('KKKK', 9003), pg_temp.key('LLLL', 9009) \g /dev/null

create function pg_temp.found(p_words text[], p_plate text default null, p_code text default null, p_phone text default null)
returns text language plpgsql as $$
begin
    perform set_config('garita.site_id', '9001', true), set_config('garita.role', 'ADMIN', true);
    return (select string_agg(concat_ws(' ', s.slug, s.title, s.place, s.state), ', ' order by s.slug, s.title)
        from api.search_everywhere(
            array(select '%' || w || '%' from unnest(p_words) w), p_plate, p_phone, case when p_code is null then '{}' else array[pg_temp.tag(p_code)] end) s);
end
$$;

select is(pg_temp.found('{NUNEZ}'), 'visitors Ángela Núñez A-101 PENDING', 'without accents and capitals');
select is(pg_temp.found('{angela,doc-1}'), 'visitors Ángela Núñez A-101 PENDING', 'every word, whichever field it is in');
select is(pg_temp.found('{angela,doc-2}'), null, 'every word');
select is(pg_temp.found('{xyz987k}', 'XYZ987K'), 'visitors Ángela Núñez A-101 PENDING', 'a plate by its letters and digits');
select is(pg_temp.found('{xyz98}', 'XYZ98'), null, 'all of them');
select is(pg_temp.found('{a-102}'), 'residents Mudo Ido A-102 moved_out, residents Teo Sol A-102, units A-102', 'a unit, and who lives there');
select is(pg_temp.found('{a102}'), 'units A-102', 'a unit without its hyphen');
select is(pg_temp.found('{tower}'), 'gates Door of B tower B', 'a gate by its place');
select is(pg_temp.found('{t_guard}'), 'users Gil Paz t_guard GUARD', 'an account');
select is(pg_temp.found('{t_disabled}'), 'users Dino Ido t_disabled inactive', 'one that is switched off');
select is(pg_temp.found('{0445512345678}', p_phone => '044 55 1234 5678'), 'residents Rosa Mar A-101',
    'a phone, however it is typed');
select is(pg_temp.found('{lector}'), 'devices Lector Main', 'a device');
select is(pg_temp.found('{mal66}', 'MAL66'), 'blocklist MAL-66', 'a plate of the block list');
select is(pg_temp.found('{torre}'), 'buildings Torre A A, buildings Torre B B', 'buildings');
select is(pg_temp.found('{aaaa}', p_code => 'AAAA'), 'passes Ana Uno ••AA A-101 good', 'a pass by its code');
select is(pg_temp.found('{kkkk}', p_code => 'KKKK'), 'cards Rosa Mar ••KK A-101 good', 'a card by its code');
select is(pg_temp.found('{bbbb}', p_code => 'BBBB'), null, 'no pass of others');
select is(pg_temp.found('{llll}', p_code => 'LLLL'), null, 'no card of others');
select is(pg_temp.found('{isla}'), null, 'no resident and no account of others');
select is(pg_temp.found('{beach}'), null, 'no gate of others');
select is(pg_temp.found('{}'), null, 'no words, nothing');
-- Among many of the name the latest; one that is older than all those is found by the index.
insert into garita.visitors (site_id, first_name, last_name, unit_id, expected_date)
select 9001, 'Repetida', lpad(n::text, 4, '0'), 9001, date '2026-01-01' + n from generate_series(1, 700) n;
select is((select string_agg(s.title, ', ') from api.search_everywhere('{%petid%}', null, null, '{}') s),
    'Repetida 0700, Repetida 0699, Repetida 0698, Repetida 0697, Repetida 0696, Repetida 0695', 'the latest first, one more than is shown');
select is(pg_temp.found('{nunez}'), 'visitors Ángela Núñez A-101 PENDING', 'older than the latest');

insert into garita.visitors (site_id, first_name, last_name, unit_id, expected_date) values
    (9001, 'Li', 'Wu', 9001, '2019-01-01'), (9002, 'Li', 'Wu', 9004, '2019-01-01');
select is(pg_temp.found('{wu}'), 'visitors Li Wu A-101 PENDING', 'nor is a short name lost that no index knows');
select is(pg_temp.found('{wu,li}'), 'visitors Li Wu A-101 PENDING', 'or two of them');
select is((select count(*) from api.search_everywhere('{%petid%,%0005%}', null, null, '{}') s), 1::bigint, 'of all of a name the one with another word');
select is((select count(*) from api.search_everywhere('{%petid%,%5%}', null, null, '{}') s), 6::bigint, 'or with one that no index knows');
select is((select count(*) from api.search_everywhere('{%petid%,%q%}', null, null, '{}') s), 0::bigint, 'or with one that none has');

select is(pg_temp.outcome(c.id, $$select from api.search_everywhere('{%ana%}', null, null, '{}')$$), c.outcome, c.situation)
from (values ('an administrator may search', 9006, '0'), ('a guard may not', 9002, '42501'), ('nor a resident', 9003, '42501')) c (situation, id, outcome);

select * from finish();
rollback;
