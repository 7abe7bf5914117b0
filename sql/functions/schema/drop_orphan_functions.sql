-- `garita migrate` calls it at the end of the transaction that ran every file of sql/functions. `create or replace` writes
-- the catalog row of a function anew, so a row of another transaction is a function that no file creates any more.
create or replace function garita.drop_orphan_functions() returns integer
language plpgsql volatile
as $$
declare
    v_orphans oid[];
    v_trigger record;
begin
    select array_agg(p.oid) into v_orphans
    from pg_catalog.pg_proc p
    where p.pronamespace in ('garita'::regnamespace, 'api'::regnamespace) and p.xmin <> pg_current_xact_id()::xid
        -- Not what an extension made, nor what column defaults and indexes are built on: a migration makes that.
        and not exists (
            select from pg_catalog.pg_depend d
            where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
                or d.refclassid = 'pg_catalog.pg_proc'::regclass and d.refobjid = p.oid
                    and d.classid in ('pg_catalog.pg_attrdef'::regclass, 'pg_catalog.pg_class'::regclass));
    if v_orphans is null then
        return 0;
    end if;
    for v_trigger in
        select t.tgname, t.tgrelid::regclass as on_table from pg_catalog.pg_trigger t
        where t.tgfoid = any (v_orphans) and not t.tgisinternal and t.tgparentid = 0
    loop
        execute format('drop trigger %I on %s', v_trigger.tgname, v_trigger.on_table);
    end loop;
    -- All at once, because some may call others. What still needs one of them refuses the whole migration.
    execute 'drop routine ' || (select string_agg(o::regprocedure::text, ', ') from unnest(v_orphans) o);
    return cardinality(v_orphans);
end
$$;

comment on function garita.drop_orphan_functions() is
    'Drops the functions of the schemas garita and api that were not created in this transaction, with their triggers, and '
    'answers how many there were.';
