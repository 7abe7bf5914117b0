-- Twin of api.show_setup.
begin;
\ir ../community.psql

create function pg_temp.setup(p_user bigint) returns text language sql
return pg_temp.answer(p_user, 'select s::text from api.show_setup() s');

select is(pg_temp.setup(9001), '(f,t,t,t,t,t,t,f)', 'Los Pinos has everything but a pass');
select is(pg_temp.setup(9006), '(f,t,t,t,t,f,f,f)', 'Las Palmas neither guard nor account of a resident nor pass');
insert into garita.sites (id, name, code) overriding system value values (9009, 'Nada', 'NADA');
insert into garita.users (id, site_id, username, role) overriding system value values (9020, 9009, 't_new_admin', 'ADMIN');
insert into garita.sessions (id, user_id, site_id, issued_at, expires_at, absolute_end) overriding system value
values (9020, 9020, 9009, clock_timestamp(), clock_timestamp() + interval '7 days', clock_timestamp() + interval '30 days');
select is(pg_temp.setup(9020), '(f,f,f,f,f,f,f,f)', 'a new site has nothing');
select is(pg_temp.outcome(9020, 'update garita.sites set setup_put_away = true'), '1', 'an administrator puts the list away');
select is(pg_temp.setup(9020), '(t,f,f,f,f,f,f,f)', 'for the site');
select is(pg_temp.outcome(9002, 'select api.show_setup()'), '42501', 'it is for administrators');

select * from finish();
rollback;
