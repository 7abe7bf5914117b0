-- Twin of api.open_pass, garita.pass_state, api.set_pass_plate, api.cancel_pass and api.pass_calendar.
begin;
\ir ../community.psql

-- A pass with a link of the same text.
create function pg_temp.link(
    p_text text, p_visitor bigint default 9001, p_type text default 'QR', p_uses integer default 2, p_used integer default 0,
    p_from interval default '-1 hour', p_until interval default '1 hour', p_revoked boolean default false)
returns void language sql as $$
    insert into garita.pass_aliases (site_id, temporary_code_id, kind, code_tag, code_sealed, key_version)
    select v.site_id, pg_temp.pass(p_text, p_visitor, p_type, p_uses, p_used, p_from, p_until, p_used < p_uses, p_revoked),
        'LINK', pg_temp.tag('link ' || p_text), pg_temp.sealed(26), 1
    from garita.visitors v where v.id = p_visitor
$$;
create function pg_temp.tags(p_text text) returns bytea[] language sql as $$ select array[pg_temp.tag('link ' || p_text)] $$;
-- What the page says and whether it shows the code.
create function pg_temp.says(p_text text) returns text language sql as $$
    select o.state || case when o.code_sealed is null then '' else ', with its code' end
    from api.open_pass(pg_temp.tags(p_text), false) o
$$;

select is(pg_temp.says('nothing'), null, 'a link of none');
select pg_temp.link('good'), pg_temp.link('otp', p_type => 'OTP'), pg_temp.link('soon', p_from => '2 hours', p_until => '3 hours'),
    pg_temp.link('late', p_until => '-1 minute'), pg_temp.link('spent', p_uses => 1, p_used => 1),
    pg_temp.link('off', p_revoked => true), pg_temp.link('waits', 9002), pg_temp.link('refused', 9003),
    pg_temp.link('moved', 9005), pg_temp.link('closed') \g /dev/null
insert into garita.schedules (id, site_id, name, weekdays, last_day) overriding system value
values (9011, 9001, 'over', 127, '2001-01-02');
update garita.temporary_codes set schedule_id = 9011 where code_tag = pg_temp.tag('closed');
select is(pg_temp.says('good'), 'good, with its code', 'good');
select is(pg_temp.says('otp'), 'good, with its code', 'good, of digits that change');
select is(pg_temp.says('soon'), 'not_yet, with its code', 'before its time');
select is(pg_temp.says('closed'), 'outside_hours, with its code', 'outside its hours');
select is(pg_temp.says('waits'), 'pending, with its code', 'not yet approved');
select is(pg_temp.says('late'), 'expired', 'after its time');
select is(pg_temp.says('spent'), 'used_up', 'used up');
select is(pg_temp.says('off'), 'renewed', 'cancelled, with a newer one');
select pg_temp.link('last', 9006, p_revoked => true) \g /dev/null
select is(pg_temp.says('last'), 'cancelled', 'cancelled');
select is(pg_temp.says('refused'), 'cancelled', 'of a visit refused');
select is(pg_temp.says('moved'), 'ask_host', 'of a host who has left');
select is((select o.code_sealed from api.open_pass(array[pg_temp.tag('good')], false) o), null, 'the code itself is no link');

-- The block list says nothing of itself.
insert into garita.blocklist (site_id, kind, value) values (9001, 'name', 'Ana Uno');
select is(pg_temp.says('good'), 'ask_host', 'on the block list: ask your host');
delete from garita.blocklist where site_id = 9001;

-- Whoever is inside leaves with it.
update garita.visitors set status = 'CHECKED_IN', check_in_time = now() where id = 9001;
select is(pg_temp.says('spent'), 'inside, with its code', 'used up inside');
select is(pg_temp.says('off'), 'inside, with its code', 'cancelled inside');
select is(pg_temp.says('good'), 'good, with its code', 'inside with entries left');
update garita.visitors set status = 'APPROVED' where id = 9001;

-- What it shows of the home.
create function pg_temp.home() returns text language sql as $$
    select concat_ws(' ', o.unit, o.host) from api.open_pass(pg_temp.tags('good'), false) o
$$;
select is(pg_temp.home(), 'A-101', 'the unit');
update garita.sites set pass_shows = 'unit_and_host' where id = 9001;
select is(pg_temp.home(), 'A-101 Rosa Mar', 'and who expects the visitor');
update garita.sites set pass_shows = 'nothing' where id = 9001;
select is(pg_temp.home(), '', 'or nothing');
select is((select array_to_string(o.gates, ', ') from api.open_pass(pg_temp.tags('good'), false) o), 'Blind, Main, Way in', 'gates in use that lead in');
insert into garita.temporary_code_points (site_id, temporary_code_id, access_point_id)
select site_id, id, 9004 from garita.temporary_codes where code_tag = pg_temp.tag('good');
select is((select array_to_string(o.gates, ', ') from api.open_pass(pg_temp.tags('good'), false) o), 'Way in', 'those it is limited to');

-- Looking at it: once, and nothing is spent.
select is((select count(*) from garita.pass_aliases where opened_at is not null and site_id = 9001), 0::bigint, 'who only asks has not looked');
select api.open_pass(pg_temp.tags('good'), true) \g /dev/null
create temporary table first on commit drop as select opened_at from garita.pass_aliases where code_tag = any (pg_temp.tags('good'));
select api.open_pass(pg_temp.tags('good'), true) \g /dev/null
select results_eq($$select opened_at is not null, opened_at = (select f.opened_at from first f) from garita.pass_aliases
    where code_tag = any (pg_temp.tags('good'))$$, $$values (true, true)$$, 'the first look is written down');
select is(pg_temp.uses('good'), 0, 'and nothing spent');

-- When it opened.
select pg_temp.verdict('good', 9004), pg_temp.verdict('good', 9001, 'EXIT'), pg_temp.verdict('otp') \g /dev/null
select results_eq($$select o.ways, o.places from api.open_pass(pg_temp.tags('good'), false) o$$,
    $$values (array['EXIT', 'ENTRY'], array['Main', 'Way in'])$$, 'its own passages, newest first');
delete from garita.temporary_code_points where temporary_code_id in (select id from garita.temporary_codes where code_tag = pg_temp.tag('good'));

-- The plate: five times, as the visitor, also of one who comes again and again.
select lives_ok(format('select api.set_pass_plate(pg_temp.tags(''good''), ''ABC-%s'', ''r1'', ''10.1.1.1'')', n), 'change ' || n)
from generate_series(1, 5) n;
select throws_ok($$select api.set_pass_plate(pg_temp.tags('good'), 'X', 'r', 'a')$$, 'GA409', null, 'not a sixth');
select is((select o.plate || ' ' || o.can_change_plate from api.open_pass(pg_temp.tags('good'), false) o), 'ABC-5 false', 'the last is kept');
select results_eq($$select actor, request_id, address, changes ->> 'vehicle_plate' from garita.audit
    where table_name = 'visitors' and row_id = 9001 and changes ? 'vehicle_plate' order by id desc limit 1$$,
    $$values ('visitor', 'r1', '10.1.1.1', '["ABC-4", "ABC-5"]')$$, 'in the audit as the visitor');
select throws_ok($$select api.set_pass_plate(pg_temp.tags('late'), 'X', 'r', 'a')$$, 'GA409', null, 'not of a pass that is over');
select throws_ok($$select api.set_pass_plate(pg_temp.tags('nothing'), 'X', 'r', 'a')$$, 'GA404', null, 'nor of none');
select throws_ok($$select api.set_pass_plate(pg_temp.tags('soon'), '--', 'r', 'a')$$, 'GA400', null, 'nor signs alone');
select lives_ok($$select api.set_pass_plate(pg_temp.tags('soon'), '', 'r', 'a')$$, 'it may be taken away');
update garita.visitors set vehicle_plate = 'ABC-5' where id = 9001;
select throws_ok(format('select api.set_pass_plate(pg_temp.tags(''soon''), %L, ''r'', ''a'')', repeat('x', 21)), '23514', null, 'nor a text that is no plate');

-- Not coming.
update garita.visitors set status = 'CHECKED_IN' where id = 9001;
select throws_ok($$select api.cancel_pass(pg_temp.tags('good'), 'r', 'a')$$, 'GA409', null, 'who is inside has come');
update garita.visitors set status = 'CHECKED_OUT' where id = 9001;
select api.cancel_pass(pg_temp.tags('good'), 'r2', '10.1.1.1') \g /dev/null
select is(pg_temp.says('good'), 'not_coming', 'the pass has ended, by its visitor''s word');
select is(pg_temp.says('soon'), 'not_yet, with its code', 'another one of the visit has not, once it has begun');
select is((select status from garita.visitors where id = 9001), 'CHECKED_OUT', 'nor the visit itself');
select pg_temp.link('dan', 9004) \g /dev/null
select api.cancel_pass(pg_temp.tags('dan'), 'r2', 'a'), api.cancel_pass(pg_temp.tags('dan'), 'r3', 'a') \g /dev/null
select is((select status from garita.visitors where id = 9004), 'DENIED', 'a visit that has not begun is off');
select is((select count(*) from garita.audit where request_id in ('r2', 'r3') and actor = 'visitor' and action = 'UPDATE'), 3::bigint, 'each written down once');

-- Erased, and of a residence that is closed.
set local role garita_owner;
select garita.erase_visits('{9001}') \g /dev/null
reset role;
select is(pg_temp.says('soon'), 'expired', 'erased');
update garita.sites set is_active = false where id = 9001;
select is(pg_temp.says('dan'), null, 'a residence that is closed shows nothing');
update garita.sites set is_active = true where id = 9001;

-- The calendar. The zone of Las Palmas knows no change; that of Tijuana does.
select pg_temp.link('fay', 9006) \g /dev/null
select results_eq($$select c.begins ~ '^\d{8}T\d{6}Z$', c.ends > c.begins, c.weekdays, c.change_times from api.pass_calendar(pg_temp.tags('fay')) c$$,
    $$values (true, true, null::integer, '{}'::text[])$$, 'one event in UTC');
update garita.visitors v set expected_date = e.at::date, expected_time = e.at::time
from (select t.valid_from at time zone s.time_zone + interval '10 minutes' as at from garita.temporary_codes t
    join garita.sites s on s.id = t.site_id where t.code_tag = pg_temp.tag('fay')) e where v.id = 9006;
select results_eq($$select c.begins::timestamptz - t.valid_from < interval '11 minutes', c.ends::timestamptz - c.begins::timestamptz,
        o.expected = to_char(v.expected_date + v.expected_time, 'YYYY-MM-DD HH24:MI')
    from api.pass_calendar(pg_temp.tags('fay')) c, api.open_pass(pg_temp.tags('fay'), false) o, garita.temporary_codes t, garita.visitors v
    where t.code_tag = pg_temp.tag('fay') and v.id = 9006$$,
    $$values (true, interval '1 hour', true)$$, 'an hour from when the visitor is expected');
insert into garita.schedules (id, site_id, name, visitor_id, weekdays, starts_at, ends_at, last_day) overriding system value
values (9012, 9002, 'visit 9006', 9006, 1 + 4, '22:00', '02:00', '2031-12-31');
update garita.sites set time_zone = 'America/Tijuana' where id = 9002;
-- Friday, 3 January 2031, a little after noon there.
update garita.temporary_codes set schedule_id = 9012, valid_from = '2031-01-03 20:30Z', valid_until = '2032-02-01 00:00Z'
where code_tag = pg_temp.tag('fay');
select results_eq($$select c.begins, c.ends, c.last_end, c.weekdays, c.time_zone, c.first_offset, c.change_times, c.change_offsets
    from api.pass_calendar(pg_temp.tags('fay')) c$$,
    $$values ('20310106T220000', '20310107T020000', '20320101T080000Z', 5, 'America/Tijuana', -28800,
        array['20310309T020000', '20311102T020000'], array[-25200, -28800])$$,
    'from the first Monday on, in the time of the site with its changes');
select is((select count(*) from api.pass_calendar(pg_temp.tags('off'))), 0::bigint, 'none of a pass that is over');
select * from finish();
rollback;
