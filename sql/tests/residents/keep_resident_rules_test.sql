-- Twin of keep_resident_rules.
begin;
\ir ../community.psql

-- What the administrator's change comes to.
create function pg_temp.does(p_sql text) returns text language plpgsql as $$
begin
    perform api.begin_request(9001, 1, 9001, 'ADMIN', 'r', '');
    execute p_sql;
    reset role;
    return 'done';
exception when others then
    reset role;
    return sqlstate || ' ' || sqlerrm;
end
$$;
\set new 'insert into garita.residents (unit_id, first_name, last_name, document_id, phone) values (9001, ''N'', ''N'', '

select is(pg_temp.does(:'new' || $$'', '')$$), 'done', 'nothing is demanded at first');
select is(pg_temp.does(:'new' || $$'', '')$$), 'done', 'and many have no document');
select is(pg_temp.does(:'new' || $$'', '12')$$) ~ '^GA400', true, 'a phone is one or none');
select is(pg_temp.does(:'new' || $$'DOC-ROSA', '')$$) ~ '^23505', true, 'a document is of one person');
select is(pg_temp.does(:'new' || $$'DOC-ISA', '')$$), 'done', 'of the residence');

update garita.sites set requires_document = true, requires_phone = true where id = 9001;
select is(pg_temp.does(:'new' || $$'', '5512345678')$$), 'GA400 This field may not be blank.', 'a document is demanded');
select is(pg_temp.does(:'new' || $$'D-1', '')$$), 'GA400 This field may not be blank.', 'a phone is demanded');
select is(pg_temp.does(:'new' || $$'D-1', '5512345678')$$), 'done', 'with both');
select is(pg_temp.does($$update garita.residents set phone = '' where id = 9003$$), 'GA400 This field may not be blank.', 'nor taken away');
select is(pg_temp.does($$update garita.residents set document_id = '' where id = 9003$$), 'GA400 This field may not be blank.', 'neither');
select is(pg_temp.does($$update garita.residents set document_id = '', phone = '', notes = 'x' where document_id = '' and phone = ''$$), 'done',
    'who came before it stays');
select set_config('garita.user_id', '', true) \g /dev/null
select lives_ok($$insert into garita.residents (site_id, unit_id, first_name, last_name) values (9001, 9001, 'N', 'N')$$,
    'and what is brought over is taken');

select * from finish();
rollback;
