create or replace function garita.login_wait(p_failures integer, p_tried_at timestamptz, p_now timestamptz) returns integer
language sql immutable strict parallel safe
return case
    when p_failures < 5 then 0
    when p_failures >= 100 then 900
    else greatest(0, ceil(
        least(900, 2 ^ (least(p_failures, 20) - 5)) - extract(epoch from p_now - p_tried_at)))::integer
end;

comment on function garita.login_wait(integer, timestamptz, timestamptz) is
    'Seconds until the next attempt to log in: none for the first five, then 1, 2, 4 … 900; after 100 always 900.';
