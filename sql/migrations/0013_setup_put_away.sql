-- The list of first steps on the start page goes away when all are done; a site that does without some puts it away.
alter table garita.sites add column setup_put_away boolean not null default false;
comment on column garita.sites.setup_put_away is
    'Whether an administrator has put away the list of first steps on the start page (api.show_setup).';
