-- When the daily work, the backup and the proof of a restore ran last: whoever watches over the gates asks for it.

create table garita.jobs (
    id bigint generated always as identity primary key,
    job text not null,
    host text not null default '',
    started_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    succeeded boolean,
    note text not null default '',
    constraint jobs_job_choice check (job in ('maintain', 'backup', 'proof')),
    constraint jobs_host_length check (char_length(host) <= 253),
    constraint jobs_note_length check (char_length(note) <= 500),
    constraint jobs_end_complete check ((ended_at is null) = (succeeded is null))
);
create index jobs_last_idx on garita.jobs (job, started_at desc);
comment on table garita.jobs is 'Runs of the operator''s regular commands, of all sites together.';
comment on column garita.jobs.job is 'maintain, backup, or proof: a backup was restored and tried.';
comment on column garita.jobs.host is 'The machine that it ran on.';
comment on column garita.jobs.succeeded is 'Null while it runs, and for ever where it was killed.';
comment on column garita.jobs.note is 'What was done, or why it failed, in a line without names, codes or secrets.';
