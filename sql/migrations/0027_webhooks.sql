-- Who is told of what happens: subscriptions of other systems, and what became of each message to them. The messages
-- themselves are rows of the outbox.

create table garita.webhooks (
    id bigint generated always as identity primary key,
    site_id bigint not null default garita.current_site_id(),
    name text not null,
    url text not null,
    events text[] not null,
    secrecy text not null default 'IDS',
    is_active boolean not null default true,
    secret_sealed bytea,
    key_version integer not null default 0,
    previous_sealed bytea,
    previous_key_version integer not null default 0,
    previous_until timestamptz,
    stopped_at timestamptz,
    stopped_reason text not null default '',
    held_until timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint webhooks_site_fkey foreign key (site_id) references garita.sites (id),
    constraint webhooks_site_unique unique (site_id, id),
    constraint webhooks_name_unique unique (site_id, name),
    constraint webhooks_name_length check (char_length(name) between 1 and 100),
    constraint webhooks_url_length check (char_length(url) between 1 and 1000),
    constraint webhooks_url_format check (url ~* '^https?://[^@/?[:space:]]+([/?][^[:space:]]*)?$'),
    constraint webhooks_events_choice check (cardinality(events) between 1 and 11 and events <@ array[
        'visit.expected', 'visit.approved', 'visit.refused', 'visit.arrived', 'visit.left', 'access.refused',
        'emergency.began', 'emergency.ended', 'door.trouble', 'door.forced', 'door.held']),
    constraint webhooks_secrecy_choice check (secrecy in ('IDS', 'NAMES')),
    constraint webhooks_stopped_reason_choice check (stopped_reason in ('', 'gone', 'unreachable')),
    constraint webhooks_stopped_inactive check (stopped_at is null or not is_active)
);
comment on table garita.webhooks is 'Subscriptions: which other system is told of which events of a site, and where.';
comment on column garita.webhooks.events is 'The kinds of events that are sent.';
comment on column garita.webhooks.secrecy is 'IDS: numbers of rows only; NAMES: also what people are called.';
comment on column garita.webhooks.secret_sealed is
    'What messages are signed with, sealed with a key outside of the database; null until it is drawn, and nothing is sent.';
comment on column garita.webhooks.key_version is 'Generation of the key that the secret is sealed with.';
comment on column garita.webhooks.previous_sealed is 'The secret before it, with which messages are signed as well.';
comment on column garita.webhooks.previous_until is 'When messages stop being signed with the previous secret.';
comment on column garita.webhooks.stopped_at is 'When it was switched off because the receiver wanted or took no more.';
comment on column garita.webhooks.stopped_reason is
    'gone: the receiver answered 410; unreachable: nothing could be delivered for three days.';
comment on column garita.webhooks.held_until is 'The receiver is given a rest until then: no message is tried.';
-- What decides whether an event is written down at all: of a site without subscriptions it holds nothing.
create index webhooks_active_idx on garita.webhooks (site_id) where is_active;

create table garita.webhook_subjects (
    webhook_id bigint not null,
    subject text not null,
    site_id bigint not null,
    sequence bigint not null,
    used_at timestamptz not null default clock_timestamp(),
    primary key (webhook_id, subject),
    constraint webhook_subjects_webhook_fkey
        foreign key (site_id, webhook_id) references garita.webhooks (site_id, id) on delete cascade
);
comment on table garita.webhook_subjects is
    'How many messages about one thing (a visit, a door) a subscription has been given: the number of the last one.';
create index webhook_subjects_used_idx on garita.webhook_subjects (used_at);

create table garita.deliveries (
    id bigint generated always as identity primary key,
    site_id bigint not null,
    webhook_id bigint not null,
    outbox_id bigint not null,
    attempt integer not null,
    at timestamptz not null,
    status integer,
    error text not null default '',
    milliseconds integer not null,
    answer text not null default '',
    constraint deliveries_webhook_fkey
        foreign key (site_id, webhook_id) references garita.webhooks (site_id, id) on delete cascade,
    constraint deliveries_status_range check (status between 100 and 999),
    constraint deliveries_error_length check (char_length(error) <= 200),
    constraint deliveries_answer_length check (octet_length(answer) <= 1024)
);
comment on table garita.deliveries is 'Each attempt to deliver a message to a subscription, and what came of it.';
comment on column garita.deliveries.outbox_id is 'The message, a row of the outbox.';
comment on column garita.deliveries.attempt is 'Counted from 1; a replay begins anew.';
comment on column garita.deliveries.status is 'Of the answer; null without one.';
comment on column garita.deliveries.error is 'Why it failed, in a few words of ours.';
comment on column garita.deliveries.answer is 'How the answer began, at most 1024 bytes.';
create index deliveries_webhook_idx on garita.deliveries (webhook_id, at);
create index deliveries_outbox_idx on garita.deliveries (outbox_id);

-- Unfinished messages: which is due, and whether an earlier one about the same thing must come first.
create index outbox_webhooks_idx on garita.outbox (webhook_id, due_at)
    where kind = 'webhook' and state in ('queued', 'sent');
create index outbox_subjects_idx on garita.outbox (subject, webhook_id, sequence) where kind = 'webhook';
create index outbox_messages_idx on garita.outbox (webhook_id, created_at) where kind = 'webhook';
