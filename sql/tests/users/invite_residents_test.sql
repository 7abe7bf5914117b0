-- Twin of api.invite_residents and garita.username_stem.
begin;
\ir ../community.psql

select is(garita.username_stem('José María', 'de la Peña Núñez', '', 'A-1'), 'jose.pena', 'first name and family name, without particles');
select is(garita.username_stem('Юлия', 'Ли', 'yulia_li@example.com', 'A-1'), 'yulia_li', 'in other letters the e-mail');
select is(garita.username_stem('Юлия', 'Ли', '', 'A-1'), 'casa.a-1', 'or the home');
select is(garita.username_stem('Admin', '', '', 'A-1'), 'casa.a-1', 'never the word of a role');
select is(garita.username_stem('T_Rosa', '!', '', 'A-1'), 'trosa', 'letters and digits alone');
insert into garita.users (site_id, username, role) values (9002, 'Beto.SIN', 'GUARD'), (9002, 'beto.sin2', 'GUARD');

update garita.residents set email = 'beto@example.com' where id = 9005;
insert into garita.residents (id, site_id, unit_id, first_name, last_name, move_out_date) overriding system value values
    (9010, 9001, 9002, 'Eva', 'Luz', null), (9011, 9001, 9001, 'Ida', 'Ida', current_date - 1);
create function pg_temp.invited(p_user bigint, p_tags text) returns text language sql
return pg_temp.answer(p_user, format(
    'select array_agg((i.place, i.username, i.full_name, i.unit, i.ends_at > now() + interval ''6 days'')::text order by i.place)'
    ' from api.invite_residents(array[9003, 9005, 9009, 9010, 9011], %s) i', p_tags));
select is(pg_temp.invited(9006, '''{}'''::text), null, 'no tag, no account');
select is(pg_temp.invited(9001, $$array[sha256('a'), sha256('b'), sha256('c')]$$),
    '{"(1,beto.sin3,\"Beto Sin\",A-101,t)","(2,eva.luz,\"Eva Luz\",A-102,t)"}',
    'who has none and lives here, by home; nobody of another site');
select is((select (u.role, u.email, u.phone, u.password_hash, u.site_id, r.id)::text from garita.users u join garita.residents r on r.user_id = u.id
    where u.username = 'beto.sin3'), '(RESIDENT,beto@example.com,"+52 55 1234 5670",!,9001,9005)', 'with what the resident has, and connected');
select is((select l.token_tag = sha256('b') from garita.password_links l join garita.users u on u.id = l.user_id where u.username = 'eva.luz'), true,
    'each has its own link');
select is(pg_temp.invited(9001, $$array[sha256('d')]$$), null, 'and once');
select is(pg_temp.outcome(9002, $$select api.invite_residents(array[9011], array[sha256('e')])$$), '42501', 'guards make no accounts');

select * from finish();
rollback;
