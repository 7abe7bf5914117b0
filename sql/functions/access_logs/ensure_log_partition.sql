-- Make a table, then attach it: attaching takes a lock that inserts of others pass, `create … partition of` does not.
-- The name comes from a date, never from input. Partitions are UTC months, so that no site's clock change moves them.
create or replace function garita.ensure_log_partition(p_month date) returns boolean
language plpgsql volatile
as $$
declare
    v_first date := date_trunc('month', p_month)::date;
    v_name text := 'access_logs_' || to_char(v_first, 'YYYYMM');
begin
    if to_regclass('garita.' || v_name) is not null then
        return false;
    end if;
    -- Many gates at midnight: the others wait here and then find it made. They look into the catalog itself, because
    -- to_regclass may answer "no" from a cache that an advisory lock does not refresh (seen with 16 clients).
    perform pg_advisory_xact_lock(hashtextextended('garita.access_logs', 0));
    perform from pg_catalog.pg_class c where c.relname = v_name and c.relnamespace = 'garita'::regnamespace;
    if found then
        return false;
    end if;

    execute format('create table garita.%I (like garita.access_logs including defaults including constraints)', v_name);
    -- Whoever calls by hand may be a superuser: a backup is made as the owner, who must be able to read it.
    execute format('alter table garita.%I owner to garita_owner', v_name);
    execute format('comment on table garita.%I is %L', v_name, 'Access log of one UTC month.');
    execute format('alter table garita.%I enable row level security', v_name);
    execute format(
        'create trigger append_only_truncate before truncate on garita.%I '
        'for each statement execute function garita.refuse_change()', v_name);
    execute format(
        'alter table garita.access_logs attach partition garita.%I for values from (%L) to (%L)', v_name,
        v_first::timestamp at time zone 'UTC', (v_first + interval '1 month') at time zone 'UTC');
    update garita.gates g set log_until = garita.log_until() where g.log_until <> garita.log_until();
    return true;
end
$$;

comment on function garita.ensure_log_partition(date) is
    'Creates the log partition of the month that holds the date, unless it exists; true when it was created.';
