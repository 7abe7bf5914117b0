-- What a residence decides about itself on its settings page, and how long data of people is kept (garita maintain).

alter table garita.sites
    add column visitor_days integer not null default 30,
    add column log_name_days integer not null default 90,
    add constraint sites_visitor_days_range check (visitor_days between 1 and 3650),
    add constraint sites_log_name_days_range check (log_name_days between 1 and 3650);
comment on column garita.sites.visitor_days is
    'So many days after the end of a visit its personal fields and photo are erased (garita.erase_visitors).';
comment on column garita.sites.log_name_days is
    'So many days after an attempt its log row loses names, documents, plates and notes (garita.erase_log_names).';

-- A log of any age is looked at from here on; writing into its past forgets the row, and with it the mark.
alter table garita.log_summaries add column names_from timestamptz not null default '-infinity';
comment on column garita.log_summaries.names_from is 'Log rows before this have no names any more.';

-- The visits that still have something to erase. None of these fields is ever written by the gate, so its updates stay
-- heap-only.
create index visitors_named_idx on garita.visitors (site_id, expected_date)
    where first_name || last_name || document_id || phone || email || photo || purpose || vehicle_plate || company || notes
        <> '——';
-- What the audit still knows of visits that were deleted; the others are found by their row.
create index audit_deleted_visits_idx on garita.audit (site_id, at)
    where table_name = 'visitors' and action = 'DELETE' and changes -> 'first_name' <> '["***", "***"]'::jsonb;

alter table garita.audit
    drop constraint audit_action_choice,
    add constraint audit_action_choice check (action in (
        'INSERT', 'UPDATE', 'DELETE', 'REVEAL', 'LOGIN_FAILED', 'REFUSED', 'EXPORT', 'ALARM', 'ERASE'));

-- An account whose person has yet to choose a password: no password has this hash.
alter table garita.users alter column password_hash set default '!';

-- Tells a superuser's pages, too, that there are other sites to work in.
drop function if exists api.find_page_session(bytea[]);
