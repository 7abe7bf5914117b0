-- Names of tables and columns are those that the command declares (Sources/Garita/LegacyImport/LegacyTable.swift), never
-- the dump's.
create or replace function garita.import_legacy_row(
    p_site_id bigint, p_table text, p_references jsonb, p_last_legacy_id bigint, p_legacy_id bigint, p_row jsonb,
    p_points bigint[], out outcome text, out subject text)
language plpgsql volatile
as $$
declare
    v_row jsonb := p_row || jsonb_build_object('site_id', p_site_id);
    v_reference jsonb;
    v_column text;
    v_id bigint;
    v_points bigint[];
    v_checksum bytea;
    v_import garita.legacy_imports;
    v_updated_at timestamptz;
    v_is_taken boolean;
    v_used integer := coalesce((p_row ->> 'times_used')::integer, 0);
    v_last_used_at timestamptz := (p_row ->> 'last_used_at')::timestamptz;
    v_is_used_up boolean := false;
begin
    for v_reference in select r from jsonb_array_elements(p_references) r loop
        v_column := v_reference ->> 'column';
        continue when v_row ->> v_column is null;
        select i.row_id into v_id from garita.legacy_imports i
        where i.site_id = p_site_id and i.table_name = v_reference ->> 'table'
            and i.legacy_id = (v_row ->> v_column)::bigint;
        if v_id is null and not (v_reference ->> 'droppable')::boolean then
            raise exception using errcode = 'foreign_key_violation', constraint = p_table || '_' || v_column || '_reference',
                message = 'the row it points to was not taken';
        elsif v_id is null then
            subject := concat_ws(',', subject, v_column);
        end if;
        v_row := v_row || jsonb_build_object(v_column, v_id);
    end loop;
    -- No list means every gate, so a list is taken whole or not at all.
    select array_agg(i.row_id order by i.row_id) into v_points from garita.legacy_imports i
    where i.site_id = p_site_id and i.table_name = 'access_points' and i.legacy_id = any (p_points);
    if cardinality(v_points) is distinct from nullif(cardinality(p_points), 0) then
        raise exception using errcode = 'foreign_key_violation', constraint = p_table || '_access_points_reference',
            message = 'a gate of its list was not taken';
    end if;
    v_checksum := sha256(convert_to((v_row - array['code_sealed', 'last_login'])::text || coalesce(v_points::text, ''), 'UTF8'));

    select i.* into v_import from garita.legacy_imports i
    where i.site_id = p_site_id and i.table_name = p_table and i.legacy_id = p_legacy_id;
    if v_import.checksum = v_checksum then
        outcome := 'same';
        return;
    end if;

    if p_table = 'temporary_codes' then
        if v_used not between 0 and (v_row ->> 'max_uses')::integer then
            raise exception using errcode = 'check_violation', constraint = 'temporary_codes_times_used_range',
                message = 'more or fewer uses than there can be';
        end if;
        v_is_used_up := coalesce(v_used = (v_row ->> 'max_uses')::integer, false);
        -- Uses are counted in garita.credentials, and what is used up is not off.
        v_row := v_row - array['times_used', 'last_used_at']
            || case when v_is_used_up then '{"is_active": true}'::jsonb else '{}' end;
        -- The gate finds one row by a code: a dead code is retired; of two live ones the earlier keeps the number.
        select exists (
                select from garita.access_codes c
                where c.site_id = p_site_id and c.code_tag = (v_row ->> 'code_tag')::bytea)
            or exists (
                select from garita.temporary_codes t
                where t.site_id = p_site_id and t.code_tag = (v_row ->> 'code_tag')::bytea and t.is_active
                    and not garita.is_used_up(t.id) and not t.is_retired and t.id is distinct from v_import.row_id)
        into v_is_taken;
        if v_is_taken and (v_row ->> 'is_active')::boolean and not v_is_used_up then
            raise exception using errcode = 'unique_violation', constraint = 'temporary_codes_code_unique',
                message = 'the code is in use';
        end if;
        v_row := v_row || jsonb_build_object('is_retired', v_is_taken);
    end if;

    if v_import.row_id is null then
        v_id := p_legacy_id;
        execute format('select exists (select from garita.%I t where t.id = $1)', p_table) into v_is_taken using v_id;
        if v_is_taken then
            -- Beyond every number that the legacy system still brings.
            execute format('select greatest(max(t.id), $1) + 1 from garita.%I t', p_table)
                into v_id using p_last_legacy_id;
        end if;
        execute (
            select format(
                'insert into garita.%1$I as t (id, %2$s) overriding system value '
                'select $1, %2$s from jsonb_populate_record(null::garita.%1$I, $2) p returning t.updated_at',
                p_table, string_agg(quote_ident(k.name), ', ' order by k.name))
            from jsonb_object_keys(v_row) k (name)) into v_updated_at using v_id, v_row;
        insert into garita.legacy_imports (site_id, table_name, legacy_id, row_id, checksum, row_updated_at)
        values (p_site_id, p_table, p_legacy_id, v_id, v_checksum, v_updated_at);
        outcome := case when v_id = p_legacy_id then 'new' else 'renumbered' end;
    else
        v_id := v_import.row_id;
        execute format('select t.updated_at from garita.%I t where t.id = $1 for update', p_table)
            into v_updated_at using v_id;
        if v_updated_at is distinct from v_import.row_updated_at or p_table = 'temporary_codes' and exists (
                select from garita.credentials c
                where c.code_kind = 'temporary' and c.code_id = v_id and c.last_used_at > v_import.row_updated_at)
        then
            outcome := 'refused';
            subject := case when v_updated_at is null then 'deleted_here' else 'changed_here' end;
            return;
        end if;
        execute (
            select format(
                'update garita.%1$I t set (%2$s) = (select %2$s from jsonb_populate_record(t, $2) p) where t.id = $1 '
                'returning t.updated_at',
                p_table, string_agg(quote_ident(k.name), ', ' order by k.name))
            from jsonb_object_keys(v_row) k (name)) into v_updated_at using v_id, v_row;
        update garita.legacy_imports i set checksum = v_checksum, row_updated_at = v_updated_at
        where i.site_id = p_site_id and i.table_name = p_table and i.legacy_id = p_legacy_id;
        outcome := 'changed';
    end if;

    if p_table = 'temporary_codes' then
        update garita.credentials c set times_used = v_used, last_used_at = v_last_used_at
        where c.code_kind = 'temporary' and c.code_id = v_id;
        perform garita.renew_credentials('temporary', array[v_id]);
    end if;
    if p_points is not null then
        delete from garita.access_code_points l where l.access_code_id = v_id and l.access_point_id <> all (v_points);
        insert into garita.access_code_points (access_code_id, access_point_id, site_id)
        select v_id, wanted.id, p_site_id from unnest(v_points) wanted (id)
        on conflict do nothing;
    end if;
end
$$;

comment on function garita.import_legacy_row(bigint, text, jsonb, bigint, bigint, jsonb, bigint[]) is
    'Imports one row of the legacy system: new, renumbered, changed or same; subject names references that lead to '
    'nothing. Refused when it was changed or deleted here since; otherwise raises what the table''s own constraints '
    'say.';
