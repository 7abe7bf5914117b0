-- Twins of name_key, count_scripts, is_role_word, require_good_name, keep_name_rules and create_user.
begin;
\ir ../community.psql

select is(garita.name_key(n), k, n) from (values
    ('Ana', 'ana'), ('ＡＮＡ', 'ana'), ('ﬁona', 'fiona'), ('ÁNA', 'ána'), (U&'A\0301na', 'ána'), ('ana²', 'ana2')) v (n, k);
select is(garita.count_scripts(n), k, n) from (values
    ('ana.paz+1@x-y_z', 1), ('123', 0), ('ñandú', 1), ('аdmin', 2), ('аня', 1), ('αβγ', 1), ('αna', 2), ('анаβ', 2), ('田中さん', 1),
    ('田中tanaka', 2), ('محمد', 1), ('ana٣', 2)) v (n, k);
select ok(garita.is_role_word(n), n || ' says what it may do') from unnest(array[
    'admin', 'ADMIN', 'Admin', 'ａｄｍｉｎ', 'ad.min', 'admin_', 'admín', 'аdmіn', 'root', 'gate', 'Guard', 'guardia', 'caseta', 'garita',
    'system', 'administrador', 'ѕуѕтем']) n;
select ok(not garita.is_role_word(n), n || ' is of a person') from unnest(array[
    'ana', 'admina', 'guard1', 'raiz', 'pinos-admin', 'rootes', 'администратор']) n;

-- What the first site's administrator may call a new account.
create function pg_temp.names(p_name text) returns text language plpgsql as $$
begin
    perform api.begin_request(9001, 1, 9001, 'ADMIN', 'r', '');
    insert into garita.users (username, password_hash) values (p_name, '!');
    reset role;
    return 'taken';
exception when others then
    reset role;
    return sqlstate || ' ' || sqlerrm;
end
$$;
select is(pg_temp.names(n), said, n) from (values
    ('nueva', 'taken'), ('ñandú', 'taken'), ('аня', 'taken'),
    ('gate', 'GA400 This user name is reserved: choose another one.'),
    ('аdmin', 'GA400 A user name must use letters of one alphabet only.')) v (n, said);
select matches(pg_temp.names(n), '^23505 .*users_username_unique', n || ' is somebody''s') from unnest(array[
    't_guard', 'T_Guard', 'ｔ_guard', 'NUEVA', 'T_OTHER_ADMIN', 't_superuser']) n;

-- Others do not choose names, not even their own: there is no way to try some.
select api.begin_request(9002, 1, 9002, 'GUARD', 'r', '');
select throws_ok($$update garita.users set username = 'x_guard' where id = 9002$$, '42501', null, 'a guard keeps the name');
reset role;

select set_config('garita.user_id', '', true) \g /dev/null
-- What is brought over stays as it was, also where two are alike; of these the first has the key.
insert into garita.users (site_id, username, password_hash) values (9001, 'T_Rosa', '!'), (9001, 'root', '!'), (9001, 'соsa', '!');
select is(name_key, '=T_Rosa', 'brought over') from garita.users where username = 'T_Rosa';
select throws_ok($$insert into garita.users (site_id, username, password_hash) values (9001, 'T_Rosa', '!')$$, '23505', null, 'not twice');
select lives_ok($$update garita.users set username = username, email = 'x@y.mx' where username = 'root'$$, 'and can be edited');
select is(user_id is not null, true, 'and signs in') from api.begin_login('T_Rosa', 'x', '');

set local role garita_owner;
select lives_ok($$select garita.create_user('caseta', '!', 'GUARD')$$, 'an operator may choose a role''s word');
select throws_ok($$select garita.create_user('аnna', '!', 'GUARD')$$, 'GA400', null, 'but no letters of two scripts');
select throws_ok($$select garita.create_user('T_ROSA', '!', 'GUARD')$$, 'GA409', null, 'nor a name that is like another one');
reset role;

select * from finish();
rollback;
