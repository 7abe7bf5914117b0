create or replace function garita.copy_callers_of_site() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    perform garita.copy_callers(array(select u.id from garita.users u where u.site_id = new.id));
    return null;
end
$$;

comment on function garita.copy_callers_of_site() is
    'What sessions hold of their accounts follows a change of who needs a second factor, and of whether the site is active.';

create or replace trigger copy_callers_of_site after update on garita.sites for each row
    when ((old.is_active, old.second_factor_roles) is distinct from (new.is_active, new.second_factor_roles))
    execute function garita.copy_callers_of_site();
