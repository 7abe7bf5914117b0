-- Twin of moment: a day begins at its first midnight, whatever the clocks do; anything else is what it says.
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
    ('America/Havana', '2026-11-01', '2026-11-01 04:00:00.000000', 'of a midnight that comes twice the first'),
    ('Atlantic/Azores', ' 2026-10-25 ', '2026-10-25 00:00:00.000000', 'elsewhere too, and with blanks around it'),
    ('America/Havana', '2026-03-08', '2026-03-08 05:00:00.000000', 'a midnight that is left out: one o''clock'),
    ('America/Havana', '2026-11-02', '2026-11-02 05:00:00.000000', 'the day after'),
    ('Africa/Cairo', '2026-10-30', '2026-10-29 22:00:00.000000', 'where the hour before midnight comes twice, midnight is one'),
    ('Africa/Cairo', '2026-10-29T23:59:59.999999', '2026-10-29 21:59:59.999999', 'and the day ends with the second'),
    ('America/Havana', '2026-11-01T00:00', '2026-11-01 05:00:00.000000', 'with an hour it is a moment, as PostgreSQL reads it'),
    ('America/Havana', '2026-11-01T00:00-04:00', '2026-11-01 04:00:00.000000', 'or as its zone says'),
    ('America/Havana', null, null, 'none is none')) m (zone, said, utc, about);

select * from finish();
rollback;
