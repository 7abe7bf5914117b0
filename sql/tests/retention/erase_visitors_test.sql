-- Twin of erase_visitors, erase_deleted_visits and without_person.
begin;
\ir ../community.psql
select set_config('garita.actor', 'command:test', true) \g /dev/null

-- Days of the site as they are now; the community keeps visits 30 days.
create function pg_temp.day(p_ago integer, p_zone text default 'America/Mexico_City') returns date language sql as $$
    select (now() at time zone p_zone)::date - p_ago
$$;
create function pg_temp.visit(
    p_id bigint, p_expected date, p_in timestamptz default null, p_out timestamptz default null,
    p_created interval default '100 days', p_site bigint default 9001) returns void language sql as $$
    insert into garita.visitors (
        id, site_id, first_name, last_name, document_id, phone, email, photo, purpose, vehicle_plate, company, notes, unit_id,
        resident_id, status, expected_date, check_in_time, check_out_time, created_at)
    overriding system value values (
        p_id, p_site, 'Ana', 'Uno', 'DOC-9', '5512345678', 'ana@example.mx', repeat('a', 32), 'Visita', 'ABC123', 'Acme',
        'Trae perro', case p_site when 9001 then 9001 else 9004 end, case p_site when 9001 then 9003 else 9009 end,
        case when p_out is not null then 'CHECKED_OUT' when p_in is not null then 'CHECKED_IN' else 'APPROVED' end,
        p_expected, p_in, p_out, now() - p_created)
$$;
create function pg_temp.is_erased(p_id bigint) returns boolean language sql as $$
    select v.first_name || v.last_name || v.document_id || v.phone || v.email || v.photo || v.purpose || v.vehicle_plate
        || v.company || v.notes = '——'
    from garita.visitors v where v.id = p_id
$$;
create function pg_temp.kept(p_id bigint) returns text language sql as $$
    select case when pg_temp.is_erased(p_id) then 'erased' else 'kept' end
$$;

select
    pg_temp.visit(9101, pg_temp.day(30)), pg_temp.visit(9102, pg_temp.day(31)),
    pg_temp.visit(9103, pg_temp.day(40), now() - interval '40 days', now() - interval '30 days'),
    pg_temp.visit(9104, pg_temp.day(40), now() - interval '40 days', now() - interval '30 days 1 second'),
    pg_temp.visit(9105, pg_temp.day(40), now() - interval '29 days'),
    pg_temp.visit(9106, pg_temp.day(40), now() - interval '31 days'),
    pg_temp.visit(9107, pg_temp.day(40), p_created => '29 days'),
    pg_temp.visit(9108, pg_temp.day(40)), pg_temp.visit(9109, pg_temp.day(40)), pg_temp.visit(9110, pg_temp.day(40)),
    pg_temp.visit(9111, pg_temp.day(40)),
    pg_temp.visit(9201, pg_temp.day(31, 'Pacific/Kiritimati'), p_site => 9002),
    pg_temp.visit(9202, pg_temp.day(30, 'Pacific/Kiritimati'), p_site => 9002)
\g /dev/null
select pg_temp.pass('alive', 9108, p_from => '-40 days', p_until => '1 day'),
    pg_temp.pass('lately', 9109, p_from => '-40 days', p_until => '-29 days'),
    pg_temp.pass('long ago', 9110, p_from => '-40 days', p_until => '-31 days'),
    pg_temp.pass('revoked', 9111, p_from => '-40 days', p_until => '40 days', p_revoked => true)
\g /dev/null

-- Only the owner: no role of a request may call it (catalog_test), and its rights are enough.
grant garita_owner to current_user;
set local role garita_owner;
select is(garita.erase_visitors(2), 2, 'so many at once and no more');
select is(garita.erase_visitors(100), 4, 'the others at the next call');
select is(garita.erase_visitors(100), 0, 'and then nothing is left');
reset role;

select is(pg_temp.kept(c.id), c.state, c.situation) from (values
    (9101, 'kept', 'the day ended less than 30 days ago'),
    (9102, 'erased', 'the day ended 30 days ago'),
    (9103, 'kept', 'left exactly 30 days ago'),
    (9104, 'erased', 'left a second more than 30 days ago'),
    (9105, 'kept', 'came in 29 days ago and never left'),
    (9106, 'erased', 'an exit that nobody recorded keeps nothing for ever'),
    (9107, 'kept', 'written down 29 days ago, for a day before'),
    (9108, 'kept', 'a code of it still opens'),
    (9109, 'kept', 'its last code ended 29 days ago'),
    (9110, 'erased', 'its last code ended 31 days ago'),
    (9111, 'erased', 'a revoked code opens nothing'),
    (9201, 'erased', 'by the days of the own site'),
    (9202, 'kept', 'and not by those of another'),
    (9001, 'kept', 'a visit of today')) c (id, state, situation);
select is((select row(v.status, v.unit_id, v.resident_id, v.visitor_type, v.check_out_time is not null)::text
    from garita.visitors v where v.id = 9104), '(CHECKED_OUT,9001,9003,GUEST,t)', 'what is nobody''s name stays');
select is((select t.code_sealed from garita.temporary_codes t where t.visitor_id = 9110), null, 'the code can be shown no more');

-- The audit.
select is_empty($$select from garita.audit a where a.table_name = 'visitors' and a.row_id = 9102
    and a.changes::text ~ 'Ana|DOC-9|5512345678|ana@|ABC123|Acme|perro'$$, 'no entry knows the person any more');
select is((select a.changes -> 'unit_id' from garita.audit a where a.table_name = 'visitors' and a.row_id = 9102 and a.action = 'INSERT'),
    '[null, 9001]'::jsonb, 'the entry itself stays, and what it says of other fields');
select is((select a.changes -> 'first_name' from garita.audit a where a.table_name = 'visitors' and a.row_id = 9102 and a.action = 'INSERT'),
    '["***", "***"]'::jsonb, 'and that there was a name');
select results_eq($$select a.actor, a.site_id, a.changes from garita.audit a
    where a.table_name = 'visitors' and a.row_id in (9102, 9104) and a.action <> 'INSERT'$$,
    $$values ('command:test', 9001::bigint, '{}'::jsonb), ('command:test', 9001, '{}')$$, 'the erasure is one entry without old values');
select is((select a.changes ->> 'first_name' from garita.audit a where a.table_name = 'visitors' and a.row_id = 9101 and a.action = 'INSERT'),
    '[null, "Ana"]', 'what is kept stays in the audit too');
grant garita_owner to current_user;
set local role garita_owner;
select throws_ok($$update garita.audit set changes = garita.without_person(changes) where table_name = 'visitors' and row_id = 9101$$,
    '42501', null, 'the owner cannot blank the audit of a visit that is kept');
select throws_ok($$update garita.audit set changes = '{}' where table_name = 'visitors' and row_id = 9102$$,
    '42501', null, 'or do more to the audit of an erased one than erase');
select throws_ok($$update garita.audit set actor = 'nobody' where table_name = 'visitors' and row_id = 9102$$,
    '42501', null, 'or change who it was');
reset role;

-- Written anew, it is erased anew.
update garita.visitors set notes = 'Volvió' where id = 9104;
set local role garita_owner;
select is(garita.erase_visitors(100), 1, 'what is added later goes too');
reset role;

-- Deleted visits live on in the audit alone.
select pg_temp.outcome(9001, 'delete from garita.visitors where id = 9101') \g /dev/null
set local role garita_owner;
select is(garita.erase_deleted_visits(100), 0, 'deleted today: kept');
reset role;
update garita.sites set visitor_days = 1 where id = 9001;
alter table garita.audit disable trigger append_only;
update garita.audit set at = now() - interval '1 day' where table_name = 'visitors' and row_id = 9101;
alter table garita.audit enable trigger append_only;
set local role garita_owner;
select is(garita.erase_deleted_visits(100), 0, 'deleted a day ago to the second: kept');
reset role;
alter table garita.audit disable trigger append_only;
update garita.audit set at = now() - interval '1 day 1 second' where table_name = 'visitors' and row_id = 9101;
alter table garita.audit enable trigger append_only;
set local role garita_owner;
select is(garita.erase_deleted_visits(100), 1, 'a second more: erased');
select is(garita.erase_deleted_visits(100), 0, 'once');
reset role;
select is_empty($$select from garita.audit a where a.table_name = 'visitors' and a.row_id = 9101 and a.changes::text ~ 'Ana|DOC-9'$$,
    'in every entry of it');

-- The site's own setting decides.
set local role garita_owner;
select ok(garita.erase_visitors(100) > 0, 'a shorter retention erases more');
reset role;
select is(pg_temp.kept(9103), 'erased', 'now this one');
select is(pg_temp.kept(9202), 'kept', 'and none of another site');

select throws_ok('update garita.sites set visitor_days = 0 where id = 9001', '23514', null, 'at least a day');
select throws_ok('update garita.sites set log_name_days = 3651 where id = 9001', '23514', null, 'at most ten years');

select * from finish();
rollback;
