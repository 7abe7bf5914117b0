create or replace function garita.log_until() returns timestamptz
language plpgsql stable
as $$
declare
    v_month timestamp := date_trunc('month', clock_timestamp() at time zone 'UTC');
begin
    while to_regclass('garita.access_logs_' || to_char(v_month, 'YYYYMM')) is not null loop
        v_month := v_month + interval '1 month';
    end loop;
    return v_month at time zone 'UTC';
end
$$;

comment on function garita.log_until() is 'From now until then the log has a table for every month (UTC).';
