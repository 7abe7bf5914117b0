-- Twin of api.invite_users.
begin;
\ir ../community.psql

update garita.users set password_hash = '!' where id in (9003, 9005, 9006);
create function pg_temp.invited(p_user bigint) returns text language sql
return pg_temp.answer(p_user,
    'select array_agg((i.place, i.username, i.full_name, i.unit, i.ends_at > now() + interval ''6 days'')::text order by i.place)'
    ' from api.invite_users(array[''t_teo'', ''t_rosa'', ''t_disabled'', ''t_other_admin''], array[sha256(''a''), sha256(''b''), sha256(''c''), sha256(''d'')]) i');

select is(pg_temp.invited(9001), '{"(2,t_rosa,\"Rosa Mar\",A-101,t)"}', 'who has no password, is active and of the site');
select is((select (l.user_id, l.token_tag = sha256('b'))::text from garita.password_links l), '(9003,t)', 'by its own tag');
select is(pg_temp.invited(9001), '{"(2,t_rosa,\"Rosa Mar\",A-101,t)"}', 'a newer link replaces the one before');
select is((select count(*) from garita.password_links), 1::bigint, 'one for each account');
select is(pg_temp.outcome(9002, $$select api.invite_users(array['t_rosa'], array[sha256('e')])$$), '42501', 'guards invite nobody');

select * from finish();
rollback;
