-- Whether a resident needs a document and a phone is the residence's to decide; and how long the audit knows of people who
-- are gone.
alter table garita.sites
    add column requires_document boolean not null default false,
    add column requires_phone boolean not null default false,
    add column resident_days integer not null default 365,
    add constraint sites_resident_days_range check (resident_days between 1 and 3650);
comment on column garita.sites.requires_document is 'No resident without a document (garita.keep_resident_rules).';
comment on column garita.sites.requires_phone is 'No resident without a phone (garita.keep_resident_rules).';
comment on column garita.sites.resident_days is
    'So many days after a resident or an account was deleted the audit forgets who it was (garita.erase_deleted_people).';

alter table garita.residents
    alter column document_id set default '',
    alter column phone set default '',
    drop constraint residents_document_id_unique,
    drop constraint residents_document_id_length,
    drop constraint residents_phone_length,
    drop constraint residents_phone_format,
    add constraint residents_document_id_length check (char_length(document_id) <= 50),
    add constraint residents_phone_length check (char_length(phone) <= 20),
    add constraint residents_phone_format
        check (phone = '' or regexp_replace(phone, '[ ()-]', '', 'g') ~ '^[+]?[0-9]{10,15}$');
-- An index, because of many residents none may be known.
create unique index residents_document_id_unique on garita.residents (site_id, document_id) where document_id <> '';

-- What the audit still knows of them.
create index audit_deleted_people_idx on garita.audit (site_id, at)
    where table_name in ('residents', 'users') and action = 'DELETE' and changes -> 'first_name' <> '["***", "***"]'::jsonb;
