-- Twin of api.card_warnings.
begin;
\ir ../community.psql

insert into garita.access_codes (id, site_id, resident_id, code_tag, key_version, code_hint, code_type) overriding system value values
    (9101, 9001, 9003, decode(md5('1'), 'hex'), 1, '01', 'RFID'), (9102, 9001, 9003, decode(md5('2'), 'hex'), 1, '02', 'PIN'),
    (9103, 9001, 9003, decode(md5('3'), 'hex'), 1, '03', 'BIOMETRIC'), (9104, 9001, 9003, decode(md5('4'), 'hex'), 1, '04', 'RFID');
insert into garita.access_code_points (site_id, access_code_id, access_point_id)
select 9001, c, 9006 from unnest(array[9101, 9102, 9103]) c;
insert into garita.audit (site_id, actor, request_id, address, table_name, row_id, action, changes)
select 9001, 't_admin', 'r-' || c, '', 'access_codes', c, 'INSERT', '{}' from unnest(array[9101, 9102, 9103, 9104]) c;

create function pg_temp.warnings(p_user bigint, p_request text) returns text language sql
return pg_temp.answer(p_user, format('select array_agg(w.english || '' / '' || w.spanish)::text from api.card_warnings(%L) w', p_request));

select is(pg_temp.warnings(9001, 'r-9101'),
    '{"Cards: 1. The gate Blind reads no cards: they will not open it. / Tarjetas: 1. El acceso Blind no lee tarjetas: no abrirán ahí."}',
    'a card for a gate that reads none');
select is(pg_temp.warnings(9001, 'r-9102'),
    '{"PINs: 1. The gate Blind reads no PINs: they will not open it. / NIP: 1. El acceso Blind no admite NIP: no abrirán ahí."}',
    'a PIN where nothing is typed');
select is(pg_temp.warnings(9001, 'r-9103'), null, 'of fingers nothing is known');
select is(pg_temp.warnings(9001, 'r-9104'), null, 'a card for all gates opens some');
select is(pg_temp.warnings(9001, 'r-9999'), null, 'other requests are not told of');
select is(pg_temp.warnings(9006, 'r-9101'), null, 'nor other sites');
-- Two days: the site's day may be another one than this session's.
update garita.access_codes set expiry_date = current_date - 2 where id = 9103;
select is(pg_temp.warnings(9001, 'r-9103'),
    '{"Cards and PINs that have expired already and open nothing: 1. / Tarjetas y NIP que ya vencieron y no abren: 1."}',
    'one that is over already');
select is(pg_temp.warnings(9006, 'r-9103'), null, 'and to other sites nothing of it');
update garita.access_points set supports_rfid = false where site_id = 9001;
select ok(pg_temp.warnings(9001, 'r-9104') ~ 'No gate in service reads cards', 'unless none reads cards');

select * from finish();
rollback;
