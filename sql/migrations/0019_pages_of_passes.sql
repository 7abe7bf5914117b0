-- What the page of a pass shows of the residence, and what its visitor changed there.

alter table garita.sites
    add column pass_shows text not null default 'unit',
    add column address text not null default '',
    add column map_url text not null default '',
    add constraint sites_pass_shows_choice check (pass_shows in ('nothing', 'unit', 'unit_and_host')),
    add constraint sites_address_length check (char_length(address) <= 300),
    add constraint sites_map_url_length check (char_length(map_url) <= 500),
    add constraint sites_map_url_format check (map_url = '' or map_url ~ '^https://[!#-;=?-~]+$');
comment on column garita.sites.pass_shows is
    'What whoever has the link of a pass reads of the home visited: nothing, its unit, or also who expects the visitor.';
comment on column garita.sites.address is 'Where the residence is, for visitors.';
comment on column garita.sites.map_url is 'A map with the way to the residence, which the page of a pass leads to.';

alter table garita.pass_aliases
    add column plate_changes integer not null default 0,
    add constraint pass_aliases_plate_changes_range check (plate_changes >= 0);
comment on column garita.pass_aliases.plate_changes is
    'How often the visitor changed the plate on the page of the link (api.set_pass_plate).';
