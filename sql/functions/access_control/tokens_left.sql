-- A clock that was put back returns no tokens.
create or replace function garita.tokens_left(p_throttle garita.gate_throttles, p_now timestamptz)
returns double precision
language sql immutable
return least(10, p_throttle.tokens + greatest(0, date_part('epoch', p_now - p_throttle.refilled_at)) / 60);

comment on function garita.tokens_left(garita.gate_throttles, timestamptz) is
    'Wrong guesses left in a bucket at a moment: ten at most, one more each minute.';
grant execute on function garita.tokens_left(garita.gate_throttles, timestamptz) to garita_admin, garita_guard;
