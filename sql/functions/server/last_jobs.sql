create or replace function api.last_jobs()
returns table (job text, last_run timestamptz, last_ended timestamptz, last_succeeded boolean, last_note text, last_success timestamptz)
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select k.job, r.started_at, r.ended_at, r.succeeded, coalesce(r.note, ''), s.ended_at
    from unnest(array['maintain', 'backup', 'proof']) with ordinality as k (job, place)
    left join lateral (
        select * from garita.jobs j where j.job = k.job order by j.started_at desc limit 1) r on true
    left join lateral (
        select j.ended_at from garita.jobs j where j.job = k.job and j.succeeded order by j.started_at desc limit 1) s on true
    order by k.place
$$;

comment on function api.last_jobs() is
    'One row for each regular command: its last run (the end and the result are null while it runs) and when it last succeeded.';
grant execute on function api.last_jobs() to garita_app, garita_status, garita_admin, garita_migrate;
