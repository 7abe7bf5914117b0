create or replace function garita.fresh_credentials() returns setof garita.credentials
language sql stable
as $$
    select * from garita.permanent_credentials()
    union all
    select * from garita.temporary_credentials()
$$;

comment on function garita.fresh_credentials() is 'What garita.credentials has to say of every code; the counters are taken as they are.';
