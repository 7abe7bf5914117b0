create or replace function garita.begin_job(p_job text, p_host text default '') returns bigint
language sql volatile
as $$
    insert into garita.jobs (job, host) values (p_job, left(p_host, 253)) returning id
$$;

comment on function garita.begin_job(text, text) is 'Writes down that a regular command begins, and returns the number of its run.';
