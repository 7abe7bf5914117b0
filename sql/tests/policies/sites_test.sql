-- Two communities in one database: whatever table a role of a request asks for, without any `where`, no row of the
-- other site comes out. Walks the catalogue, so that a new table is asked too.
begin;
\ir ../community.psql
select pg_temp.pass('a', 9001), pg_temp.pass('z', 9006), pg_temp.key('rosa', 9003), pg_temp.key('isa', 9009) \g /dev/null
insert into garita.schedules (site_id, name) values (9001, 'S'), (9002, 'S');
insert into garita.holidays (site_id, day, name) values (9001, '2026-12-25', 'N'), (9002, '2026-12-25', 'N');
insert into garita.blocklist (site_id, kind, value) values (9001, 'document', 'X1'), (9002, 'document', 'X1');
select pg_temp.verdict('a'), pg_temp.verdict('z', 9007, 'ENTRY', 9006) \g /dev/null

-- Sites of the rows that a user of the app pool sees in a table; null when the role may not read it at all.
create function pg_temp.sites_seen(p_user bigint, p_table regclass) returns bigint[] language plpgsql as $$
declare
    v_outcome text := pg_temp.outcome(p_user, format('select site_id from %s', p_table));
begin
    if v_outcome ~ '[^0-9]' or v_outcome = '42501' then
        return null;
    end if;
    return pg_temp.answer(p_user, format('select coalesce(array_agg(distinct site_id), ''{}'') from %s', p_table))::bigint[];
end
$$;

select is(array_remove(s.seen, 9001), '{}', u.username || ' sees no foreign row of ' || s.tab)
from garita.users u, lateral (
    select c.oid::regclass as tab, coalesce(pg_temp.sites_seen(u.id, c.oid::regclass), '{}')::integer[] as seen
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'site_id'
    where c.relnamespace = 'garita'::regnamespace and c.relkind in ('r', 'p')) s
where u.id in (9001, 9002, 9003);
-- The other community sees its own rows, or the lines above would prove nothing.
select ok(pg_temp.sites_seen(9006, c.tab) = '{9002}', 'Olga sees ' || c.tab)
from (values ('garita.units'::regclass), ('garita.residents'), ('garita.visitors'), ('garita.temporary_codes'),
    ('garita.access_codes'), ('garita.access_points'), ('garita.schedules'), ('garita.holidays'), ('garita.blocklist'),
    ('garita.access_logs')) c (tab);

-- A role of a request cannot ask who it is anew.
select is(pg_temp.outcome(u.id, 'select api.begin_request(9006, 1, 9006, ''ADMIN'', '''', '''')'), '42501',
    u.username || ' cannot begin again as somebody else')
from garita.users u where u.id in (9001, 9002, 9003);

select * from finish();
rollback;
