-- Days are elapsed time between local midnights. Where local time is turned back over midnight, the hour before the second
-- midnight still belongs to the day before.
create or replace function garita.day_start(p_at timestamptz, p_time_zone text) returns timestamptz
language plpgsql immutable
as $$
declare
    v_day timestamp := date_trunc('day', p_at at time zone p_time_zone);
    v_start timestamptz := v_day at time zone p_time_zone;
begin
    return case when v_start <= p_at then v_start else (v_day - interval '1 day') at time zone p_time_zone end;
end
$$;

comment on function garita.day_start(timestamptz, text) is
    'The midnight at or before a moment by the clock of a time zone.';
