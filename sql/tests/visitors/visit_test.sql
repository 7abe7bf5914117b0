-- Twin of receive_visit and move_visit: the life of a visit by hand.
begin;
\ir ../community.psql

create function pg_temp.born(p_user bigint, p_status text, p_host bigint) returns text language sql as $$
    select pg_temp.answer(p_user, format(
        'insert into garita.visitors (first_name, last_name, unit_id, resident_id, status, expected_date) '
        'values (''N'', ''N'', 9001, %L, %L, ''2026-01-01'') returning status || '' '' || coalesce(authorized_by::text, ''-'')',
        p_host, p_status))
$$;
select is(pg_temp.born(c.id, c.status, c.host), c.born, c.situation)
from (values
    ('a resident''s visit is approved by the resident', 9003, 'PENDING', null, 'APPROVED 9003'),
    ('a resident cannot say it is inside', 9003, 'CHECKED_IN', null, 'APPROVED 9003'),
    ('a walk-in waits', 9002, 'PENDING', null, 'PENDING -'),
    ('a guard without a resident''s word approves nothing', 9002, 'APPROVED', null, 'PENDING -'),
    ('a guard approves by a resident''s word', 9002, 'APPROVED', 9003, 'APPROVED 9002'),
    ('a guard says nobody is inside', 9002, 'CHECKED_IN', 9003, 'PENDING -'),
    ('an administrator as posted', 9001, 'DENIED', null, 'DENIED -'),
    ('an administrator approves in person', 9001, 'APPROVED', null, 'APPROVED 9001')
) c (situation, id, status, host, born);

create function pg_temp.moved(p_user bigint, p_from text, p_to text, p_host bigint) returns text language plpgsql as $$
begin
    perform set_config('session_replication_role', 'replica', true);
    update garita.visitors set status = p_from, resident_id = p_host, authorized_by = null where id = 9001;
    perform set_config('session_replication_role', 'origin', true);
    return pg_temp.outcome(p_user, format('update garita.visitors set status = %L where id = 9001', p_to));
end
$$;
select is(pg_temp.moved(c.id, c.was, c.becomes, c.host), c.outcome, c.situation)
from (values
    ('a resident approves', 9003, 'PENDING', 'APPROVED', null, '1'),
    ('a resident refuses', 9003, 'PENDING', 'DENIED', null, '1'),
    ('a resident cancels', 9003, 'APPROVED', 'DENIED', null, '1'),
    ('no step at all', 9003, 'CHECKED_IN', 'CHECKED_IN', null, '1'),
    ('a resident does not undo a refusal', 9003, 'DENIED', 'APPROVED', null, 'GA409 status'),
    ('a resident lets nobody in by hand', 9003, 'APPROVED', 'CHECKED_IN', null, 'GA409 status'),
    ('a guard approves by a resident''s word', 9002, 'PENDING', 'APPROVED', 9003, '1'),
    ('a guard without one does not', 9002, 'PENDING', 'APPROVED', null, 'GA400 resident'),
    ('a guard refuses', 9002, 'PENDING', 'DENIED', null, '1'),
    ('a guard cancels nothing', 9002, 'APPROVED', 'DENIED', 9003, 'GA409 status'),
    ('a guard lets nobody in by hand', 9002, 'APPROVED', 'CHECKED_IN', 9003, 'GA409 status'),
    ('an administrator may', 9001, 'DENIED', 'CHECKED_IN', null, '1'),
    ('and approves last', 9001, 'DENIED', 'APPROVED', null, '1')
) c (situation, id, was, becomes, host, outcome);
select is((select authorized_by from garita.visitors where id = 9001), 9001::bigint, 'whoever approves is filled in');

select * from finish();
rollback;
