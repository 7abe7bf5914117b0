-- The files of sql/policies begin each table with it, so that they hold what is special: column grants and the policies
-- of p_other. It takes away what an earlier version of them granted.
create or replace function garita.protect(
    p_table regclass, p_write text[] default '{}', p_read text[] default '{}', p_other text[] default '{}')
returns void
language plpgsql volatile
as $$
declare
    c_own_site constant text := '(site_id = (select garita.current_site_id()))';
    v_policy name;
    v_role text;
    v_roles text;
begin
    execute format('alter table %s enable row level security', p_table);
    execute format('revoke all on %s from public, garita_admin, garita_guard, garita_resident', p_table);
    for v_policy in select p.polname from pg_catalog.pg_policy p where p.polrelid = p_table loop
        execute format('drop policy %I on %s', v_policy, p_table);
    end loop;

    select string_agg(quote_ident('garita_' || r), ', ') into v_roles from unnest(p_write || p_read || p_other) r;
    if v_roles is not null then
        execute format('create policy site on %s as restrictive to %s using %s with check %3$s', p_table, v_roles, c_own_site);
    end if;
    foreach v_role in array p_write loop
        execute format('create policy %I on %s to %I using (true) with check (true)', v_role, p_table, 'garita_' || v_role);
    end loop;
    foreach v_role in array p_read loop
        execute format('create policy %I on %s for select to %I using (true)', v_role, p_table, 'garita_' || v_role);
    end loop;
end
$$;

comment on function garita.protect(regclass, text[], text[], text[]) is
    'Switches row-level security on and revokes every right and policy of a table. Of the roles named (admin, guard, '
    'resident) nobody passes the own site; within it p_write may write and p_read read every row that grants allow, and '
    'p_other get policies of their own. Without roles only functions of the owner reach the table.';
