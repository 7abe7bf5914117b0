-- Where clocks are turned back over midnight, that midnight comes twice: PostgreSQL takes the second for the day's
-- beginning, and the hour before it would belong to no day that is asked for by its date.
create or replace function garita.moment(p_text text) returns timestamptz
language plpgsql stable
as $$
declare
    v_at timestamptz := p_text::timestamptz;
    v_hour_before timestamptz := v_at - interval '1 hour';
begin
    return case when length(btrim(p_text)) = 10 and v_hour_before::date = v_at::date then v_hour_before else v_at end;
end
$$;

comment on function garita.moment(text) is
    'The moment that a filter names, by the clock of the session where it says no zone; of a date alone the first of the day.';
grant execute on function garita.moment(text) to garita_admin, garita_guard, garita_resident;
