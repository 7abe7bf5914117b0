-- The schedule that Standard Webhooks 1.0.0 gives as an example: with it a receiver may be away for three days.
create or replace function garita.webhook_pause(p_attempts integer) returns interval
language sql volatile
as $$
    select (array['5 s', '5 min', '30 min', '2 h', '5 h', '10 h', '14 h', '20 h', '24 h']::interval[])[
        least(greatest(p_attempts, 1), 9)] * (0.8 + 0.4 * random())
$$;

comment on function garita.webhook_pause(integer) is
    'How long after so many failed attempts the next one comes; a fifth more or less, so that not all come at once.';
