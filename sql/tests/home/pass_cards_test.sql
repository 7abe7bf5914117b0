-- Twin of set_pass_card and keep_pass_card: a card opens what its pass opens, and nothing else.
begin;
\ir ../community.psql

select pg_temp.pass('CARRIER1', 9001, p_uses => 9), pg_temp.pass('CARRIER2', 9004), pg_temp.pass('CARRIER3', 9001),
    pg_temp.pass('777777', 9001, 'NUMERIC'), pg_temp.key('TAG000001', 9004), pg_temp.pass('OVER', 9001, p_until => '-1 second');

create function pg_temp.set_card(p_user bigint, p_carrier text, p_card text) returns text language sql as $$
    select pg_temp.outcome(p_user, format(
        'select api.set_pass_card(%s, array[%L::bytea], %L::bytea, 1, %s, %s)',
        (select t.id from garita.temporary_codes t where t.code_tag = pg_temp.tag(p_carrier)), pg_temp.tag(p_card),
        pg_temp.sealed(char_length(p_card)), char_length(regexp_replace(p_card, '[^0-9]', '', 'g')),
        char_length(regexp_replace(p_card, '[^A-Z]', '', 'g'))))
$$;

select is(pg_temp.set_card(c.id, c.carrier, c.card), c.outcome, c.situation)
from (values
    ('a number too short to be one', 9003, 'CARRIER1', '12345', 'GA400 card'),
    ('the pass of another home', 9003, 'CARRIER2', '1234567', 'GA404 TemporaryCode'),
    ('a pass that is over', 9003, 'OVER', '1234567', 'GA404 TemporaryCode'),
    ('the number of a permanent card', 9003, 'CARRIER1', 'TAG000001', 'GA400 card'),
    ('the number of a pass', 9003, 'CARRIER1', '777777', 'GA400 card'),
    ('a guard gives out no cards', 9002, 'CARRIER1', '1234567', '42501'),
    ('a number of its own', 9003, 'CARRIER1', '1234567', '1'),
    ('the same once more', 9003, 'CARRIER1', '1234567', '1'),
    ('the card of another pass', 9004, 'CARRIER2', '1234567', 'GA400 card'),
    ('a card for another pass', 9004, 'CARRIER2', '7654321', '1')
) c (situation, id, carrier, card, outcome);

select is(pg_temp.verdict('1234567'), 'granted', 'the card opens');
select is(
    (select count(*) from garita.pass_aliases a where a.kind = 'CARD' and a.site_id = 9001), 2::bigint, 'a pass has one card');
select is(
    pg_temp.answer(9001, format('select api.is_code_free(array[%L::bytea], null)::text', pg_temp.tag('1234567'))), 'false',
    'nor is it given out as a permanent card');
select ok(garita.is_code_taken(9001, pg_temp.tag('1234567'), now()), 'nor drawn as a code');

-- The pass after it keeps the card, once.
select is(
    pg_temp.outcome(9003, format('select api.keep_pass_card(%s)', (
        select t.id from garita.temporary_codes t where t.code_tag = pg_temp.tag('CARRIER3')))), '1', 'the new pass gets the card');
select is(
    (select t.code_tag from garita.pass_aliases a join garita.temporary_codes t on t.id = a.temporary_code_id
        where a.code_tag = pg_temp.tag('1234567')), pg_temp.tag('CARRIER3'), 'and the former one has it no more');
select is(
    pg_temp.outcome(9004, format('select api.keep_pass_card(%s)', (
        select t.id from garita.temporary_codes t where t.code_tag = pg_temp.tag('CARRIER1')))), '1', 'of another home');
select is(
    (select t.code_tag from garita.pass_aliases a join garita.temporary_codes t on t.id = a.temporary_code_id
        where a.code_tag = pg_temp.tag('1234567')), pg_temp.tag('CARRIER3'), 'nobody moves one');

-- Once its pass is over, the number is free; taken away, it opens nothing.
update garita.temporary_codes set is_active = false, revoked_at = now() where code_tag = pg_temp.tag('CARRIER3');
select is(pg_temp.set_card(9004, 'CARRIER2', '1234567'), '1', 'the card of a pass that has ended is free');
select is(
    pg_temp.outcome(9004, format('select api.set_pass_card(%s)', (
        select t.id from garita.temporary_codes t where t.code_tag = pg_temp.tag('CARRIER2')))), '1', 'a lost card is taken away');
select is(pg_temp.verdict('1234567'), 'refused: unknown_code', 'and opens no more');

select * from finish();
rollback;
