-- Wrong short codes of one caller and of a whole site, beside those of a gate: a stolen token tries many gates, a patient
-- thief tries slowly. Written by a failure only; what it leads to stands in rows that every request reads anyway.

create table garita.guess_counts (
    site_id bigint not null,
    caller text not null,
    since timestamptz not null,
    failures integer not null,
    constraint guess_counts_pkey primary key (site_id, caller),
    constraint guess_counts_site_fkey foreign key (site_id) references garita.sites (id) on delete cascade,
    constraint guess_counts_caller_length check (char_length(caller) <= 32)
) with (fillfactor = 50);
comment on table garita.guess_counts is
    'Wrong short codes since a moment: of an account (u:1) or a device (d:1) for ten minutes, of all together (empty) for a '
    'day.';

alter table garita.audit
    drop constraint audit_action_choice,
    add constraint audit_action_choice
        check (action in ('INSERT', 'UPDATE', 'DELETE', 'REVEAL', 'LOGIN_FAILED', 'REFUSED', 'EXPORT', 'ALARM'));
