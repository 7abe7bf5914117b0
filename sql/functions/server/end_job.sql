create or replace function garita.end_job(p_id bigint, p_succeeded boolean, p_note text default '') returns void
language sql volatile
as $$
    update garita.jobs set ended_at = clock_timestamp(), succeeded = p_succeeded, note = left(p_note, 500)
    where id = p_id and ended_at is null
$$;

comment on function garita.end_job(bigint, boolean, text) is 'Writes down how a run of a regular command ended.';
