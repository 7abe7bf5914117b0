-- Passes that last for months, with hours of their own, a link that shows them, and cards that open as they do.

-- Other texts that open what a pass opens. A table of its own: the gate looks here only for a text that is no code, so the
-- usual decision pays nothing for it.
create table garita.pass_aliases (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    temporary_code_id bigint not null,
    kind text not null,
    code_tag bytea not null,
    code_sealed bytea,
    key_version integer not null,
    code_digits integer not null default 0,
    code_letters integer not null default 0,
    opened_at timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint pass_aliases_temporary_code_fkey
        foreign key (site_id, temporary_code_id) references garita.temporary_codes (site_id, id) on delete cascade,
    constraint pass_aliases_kind_choice check (kind in ('LINK', 'CARD')),
    constraint pass_aliases_kind_unique unique (temporary_code_id, kind),
    constraint pass_aliases_code_unique unique (site_id, code_tag),
    constraint pass_aliases_code_tag_length check (octet_length(code_tag) = 16),
    constraint pass_aliases_code_sealed_length check (octet_length(code_sealed) between 28 and 256)
);
comment on table garita.pass_aliases is
    'What else opens as a pass does: the token of its link, and a card. Stored like codes; judged as the pass they stand for.';
comment on column garita.pass_aliases.code_sealed is 'AES-256-GCM of the text, bound to its tag; null once erased.';
comment on column garita.pass_aliases.opened_at is 'When the page of the link was looked at first; null for never.';
-- The lengths of cards tell what a text could be, as those of access_codes do.
create index pass_aliases_length_idx on garita.pass_aliases (site_id, octet_length(code_sealed)) where kind = 'CARD';
-- Whoever opens the page of a link has no site yet: the token alone says which.
create index pass_aliases_link_idx on garita.pass_aliases (code_tag) where kind = 'LINK';

-- The hours of one visit, set by whoever invites. They are in no list of schedules and have no name of their own.
alter table garita.schedules add column visitor_id bigint;
alter table garita.schedules add constraint schedules_visitor_fkey
    foreign key (site_id, visitor_id) references garita.visitors (site_id, id) on delete cascade;
comment on column garita.schedules.visitor_id is 'The visit whose hours these are; null for a schedule of the community.';
create index schedules_visitor_idx on garita.schedules (visitor_id) where visitor_id is not null;
alter table garita.schedules drop constraint schedules_name_unique;
create unique index schedules_name_unique on garita.schedules (site_id, name) where visitor_id is null;

create domain garita.visitors_party as text constraint visitors_party_length check (char_length(value) <= 100);
create domain garita.visitors_companions as integer
    constraint visitors_companions_range check (value between 0 and 99);
alter table garita.visitors
    add column companions garita.visitors_companions not null default 0,
    add column party garita.visitors_party not null default '';
comment on column garita.visitors.companions is 'How many people come along with the visitor, who is not counted.';
comment on column garita.visitors.party is 'What the list of guests is called that the visit was registered with.';
