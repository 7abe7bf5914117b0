-- Asked of the catalogue, so that a table made later is told of too. As the owner: not every row that needs another one
-- can be read by who deletes that, and only their number is told.
create or replace function api.list_references(p_table text, p_id bigint)
returns table (table_name text, total bigint)
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
declare
    v_columns text;
begin
    if garita.current_role_name() <> 'ADMIN' then
        raise exception using errcode = 'GA403',
            message = 'You do not have permission to perform this action.',
            detail = 'No tiene permiso para realizar esta acción.';
    end if;
    for table_name, v_columns in
        select r.relname::text, string_agg(format('%I', a.attname), ', ' order by a.attname)
        from pg_constraint k
        join pg_class c on c.oid = k.confrelid and c.relnamespace = 'garita'::regnamespace and c.relname = p_table
        join pg_class r on r.oid = k.conrelid
        cross join lateral unnest(k.conkey, k.confkey) u (own, other)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.own
        join pg_attribute o on o.attrelid = k.confrelid and o.attnum = u.other and o.attname = 'id'
        where k.contype = 'f' and k.confdeltype in ('a', 'r')
        group by r.relname
        order by r.relname
    loop
        execute format('select count(*) from garita.%I t where t.site_id = $1 and $2 in (%s)', table_name, v_columns)
            into total using garita.current_site_id(), p_id;
        if total > 0 then
            return next;
        end if;
    end loop;
end
$$;

comment on function api.list_references(text, bigint) is
    'The tables whose rows prevent this row of p_table from being deleted, and how many rows of each. Administrators '
    'only.';
grant execute on function api.list_references(text, bigint) to garita_admin;
