-- Twin of moment: a day begins at its first midnight, whatever the clocks do; anything else is what it says. Of years that are
-- over: what clocks will do is a decision of governments, and another one with each version of tzdata.
begin;
\ir ../community.psql

create function pg_temp.moment(p_zone text, p_text text) returns text language plpgsql as $$
declare
    v_text text;
begin
    perform set_config('TimeZone', p_zone, true);
    v_text := to_char(garita.moment(p_text) at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US');
    perform set_config('TimeZone', 'UTC', true);
    return v_text;
end
$$;
select is(pg_temp.moment(m.zone, m.said), m.utc, m.about)
from (values
    ('America/Mexico_City', '2026-11-23', '2026-11-23 06:00:00.000000', 'an ordinary day'),
    ('America/Havana', '2024-11-03', '2024-11-03 04:00:00.000000', 'of a midnight that comes twice the first'),
    ('Atlantic/Azores', ' 2024-10-27 ', '2024-10-27 00:00:00.000000', 'elsewhere too, and with blanks around it'),
    ('America/Havana', '2024-03-10', '2024-03-10 05:00:00.000000', 'a midnight that is left out: one o''clock'),
    ('America/Havana', '2024-11-04', '2024-11-04 05:00:00.000000', 'the day after'),
    ('Africa/Cairo', '2024-11-01', '2024-10-31 22:00:00.000000', 'where the hour before midnight comes twice, midnight is one'),
    ('Africa/Cairo', '2024-10-31T23:59:59.999999', '2024-10-31 21:59:59.999999', 'and the day ends with the second'),
    ('America/Havana', '2024-11-03T00:00', '2024-11-03 05:00:00.000000', 'with an hour it is a moment, as PostgreSQL reads it'),
    ('America/Havana', '2024-11-03T00:00-04:00', '2024-11-03 04:00:00.000000', 'or as its zone says'),
    ('America/Havana', null, null, 'none is none')) m (zone, said, utc, about);

select * from finish();
rollback;
