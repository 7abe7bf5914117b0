create or replace function garita.keep_account() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
declare
    v_resident_id bigint;
begin
    for v_resident_id in select r.id from garita.residents r where r.user_id = new.id order by r.id loop
        perform garita.renew_credentials('temporary', garita.passes_behind(v_resident_id));
    end loop;
    return null;
end
$$;

comment on function garita.keep_account() is 'Whoever has a disabled account receives no visits: their codes know it.';

create or replace trigger keep_credentials after update of is_active on garita.users
    for each row when (old.is_active <> new.is_active) execute function garita.keep_account();
