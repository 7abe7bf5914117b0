-- A name of an account is told from others as people read it (garita.name_key). Names of before stay as they are: of those
-- that are alike the first has the key, each other one a key that nobody can choose.
alter table garita.users add column name_key text;

alter table garita.users disable trigger user;
update garita.users u
set name_key = case
    when exists (
        select from garita.users o
        where o.id < u.id and lower(normalize(o.username, NFKC)) = lower(normalize(u.username, NFKC)))
    then '=' || u.username
    else lower(normalize(u.username, NFKC)) end;
alter table garita.users enable trigger user;

alter table garita.users
    alter column name_key set not null,
    drop constraint users_username_unique,
    add constraint users_username_unique unique (name_key);
create unique index users_username_idx on garita.users (username);
comment on column garita.users.name_key is
    'The name after NFKC and without case, so that no two accounts are told apart by what nobody sees; of a name of before '
    'that is like another one the name itself behind an equals sign, which no name holds.';
