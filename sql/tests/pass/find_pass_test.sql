-- What else opens as a pass does: the token of its link, and a card.
begin;
\ir ../community.psql

-- Gives a pass a link or a card.
create function pg_temp.alias(p_pass text, p_text text, p_kind text default 'LINK') returns void language sql as $$
    insert into garita.pass_aliases (
        site_id, temporary_code_id, kind, code_tag, code_sealed, key_version, code_digits, code_letters)
    select t.site_id, t.id, p_kind, pg_temp.tag(p_text), pg_temp.sealed(length(p_text)), 1, length(p_text), 0
    from garita.temporary_codes t where t.code_tag = pg_temp.tag(p_pass)
$$;

select pg_temp.pass('guest', 9001, p_uses => 2), pg_temp.alias('guest', 'link of guest') \g /dev/null
select is(pg_temp.verdict('link of guest'), 'granted', 'the link opens');
select is(pg_temp.verdict('guest'), 'granted', 'as the pass does');
select is(pg_temp.verdict('link of guest'), 'refused: no_uses_left', 'of the same entries');
select results_eq($$select access_method, array_agg(status order by id), count(distinct temporary_code_id)
    from garita.access_logs where visitor_id = 9001 group by 1$$,
    $$values ('QR_CODE', array['SUCCESS', 'SUCCESS', 'DENIED'], 1::bigint)$$, 'in the log it is the pass, read as a picture');
select is(pg_temp.verdict('link of guest', p_direction => 'EXIT'), 'granted; warned: no_uses_left', 'and it leads out');
select is(pg_temp.verdict('link of guest', 9006), 'refused: method_not_supported, no_uses_left', 'a gate that reads no pictures reads no link');

select pg_temp.pass('late', 9001, p_until => '-1 minute'), pg_temp.alias('late', 'link of late') \g /dev/null
select is(pg_temp.verdict('link of late'), 'refused: expired', 'its hours are those of the pass');
select pg_temp.pass('off', 9001, p_revoked => true), pg_temp.alias('off', 'link of off') \g /dev/null
select is(pg_temp.verdict('link of off'), 'refused: revoked', 'and its end');
insert into garita.schedules (id, site_id, name, weekdays, first_day, last_day) overriding system value
values (9011, 9001, 'never', 127, '2001-01-01', '2001-01-02');
select pg_temp.pass('hours', 9001), pg_temp.alias('hours', 'link of hours') \g /dev/null
update garita.temporary_codes set schedule_id = 9011 where code_tag = pg_temp.tag('hours');
select is(pg_temp.verdict('link of hours'), 'refused: outside_schedule', 'and its schedule');
select pg_temp.pass('side', 9001), pg_temp.alias('side', 'link of side') \g /dev/null
insert into garita.temporary_code_points (site_id, temporary_code_id, access_point_id)
select site_id, id, 9004 from garita.temporary_codes where code_tag = pg_temp.tag('side');
select is(pg_temp.verdict('link of side'), 'refused: wrong_gate', 'and its gates');
select is(pg_temp.verdict('link of side', 9004), 'granted', 'which it opens');
select is(pg_temp.verdict('link of side', 9007, p_user => 9006), 'refused: unknown_code', 'never one of another community');

select pg_temp.pass('handle', 9001, 'OTP'), pg_temp.alias('handle', 'link of handle') \g /dev/null
select is(pg_temp.verdict('link of handle'), 'refused: unknown_code', 'where digits are asked for, a link proves nothing');
select pg_temp.pass('drawn', 9001, 'NUMERIC'), pg_temp.alias('drawn', 'link of drawn') \g /dev/null
update garita.temporary_codes set is_active = false, is_retired = true where code_tag = pg_temp.tag('drawn');
select is(pg_temp.verdict('link of drawn'), 'refused: unknown_code', 'nor that of a pass whose number is another one''s now');

-- A card.
select pg_temp.pass('cleaner', 9001, p_uses => 9), pg_temp.alias('cleaner', '0004711', 'CARD') \g /dev/null
select is(pg_temp.verdict('0004711'), 'granted', 'a card opens as its pass');
select results_eq($$select access_method from garita.access_logs where code_tag = pg_temp.tag('0004711')$$,
    $$values ('RFID')$$, 'read by a reader of cards');
update garita.access_points set supports_rfid = false where id = 9001;
select is(pg_temp.verdict('0004711'), 'refused: method_not_supported', 'where there is one');
select results_eq($$select * from garita.kinds_of_text(9001, '9999999', false, clock_timestamp())$$,
    $$values (false, true)$$, 'a number as long as a card is taken for a card');
select results_eq($$select * from garita.kinds_of_text(9001, '99999999', false, clock_timestamp())$$,
    $$values (true, false)$$, 'another one for a typed number');

set local role garita_owner;
select garita.erase_visits('{9001}') \g /dev/null
reset role;
select is((select count(*) from garita.pass_aliases where code_sealed is not null and site_id = 9001), 0::bigint, 'an erasure blanks them');
select * from finish();
rollback;
