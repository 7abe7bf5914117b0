-- A superuser works across sites: each session in one of them, the first unless another was chosen.
alter table garita.sessions
    add column chosen_site_id bigint,
    add constraint sessions_chosen_site_fkey foreign key (chosen_site_id) references garita.sites (id);
comment on column garita.sessions.chosen_site_id is
    'Where a superuser works in this session. Not site_id: an administrator of that site sees no session of a superuser.';
